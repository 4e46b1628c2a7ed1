"""When the promises of a housekeeping order break; those it shares with repairs stand in `repair_clocks`."""

from menling.kernel.procedure import Due, Moment, minutes_after


def somebody_sent(moment: Moment) -> Due | None:
    """HS-4.1.1.3  Somebody is sent by the agreed time; for a visit at once within the office's minutes."""
    if moment.terms["worker"]:
        return None
    visit_at = moment.terms["visit_at"]
    return Due(visit_at or minutes_after(moment.at, moment.policy.dispatch_within))


def at_the_door(moment: Moment) -> Due | None:
    """HS-4.1.1.3  The housekeepers come at the agreed time, that instant included."""
    visit_at = moment.terms["visit_at"]
    return Due(visit_at) if visit_at and moment.terms["worker"] else None


def acknowledged(moment: Moment) -> Due:
    """HC-5.1.2  The slip is acknowledged within the office's minutes; a visit an agreement fixed ahead, by its begin."""
    due = minutes_after(moment.at, moment.policy.acknowledge_within)
    visit_at = moment.terms["visit_at"]
    return Due(max(due, visit_at) if moment.terms.get("by_agreement") and visit_at else due)


def picked_up(moment: Moment) -> Due:
    """HS-4.1.1.3  Somebody of the team comes for the orders within the grace after the hour (DL-02)."""
    return Due(minutes_after(moment.terms["pick_up_at"], moment.policy.pickup_grace))
