"""Status by verb by role: every combination is either a row of the table or a refusal with a clause."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from menling.clauses import clauses
from menling.journal.cases import LETTERS, NEW
from menling.journal.facts import read_facts
from menling.journal.models import Case, Command, Event
from menling.journal.replay import detail_of, differences
from menling.journal.when import When
from menling.kernel.actor import Actor
from menling.kernel.procedure import Procedure, Step
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.kinds import KINDS, ORDER_KINDS
from menling.orders.models import Order
from menling.procedures import PROCEDURES
from menling.reactions import perform
from tests.examples import FILED, OPENINGS, actor_for, facts_for, opened, take, travel
from tests.office import World
from tests.procedures.given import decide

ALL = sorted(PROCEDURES)
VERBS = [(kind, verb) for kind in sorted(KINDS) for verb in sorted(KINDS[kind].commands)]
BEFORE_A_HAZARD = frozenset({"reported", "accepted", "dispatched", "acknowledged"})
"""Where nobody was in the home yet: nothing unsafe is on record, so the rule says no."""
RULE_SAYS_NO = {
    ("repair", "remove_hazard"): BEFORE_A_HAZARD,
    ("alarm", "remove_hazard"): BEFORE_A_HAZARD,
    ("repair", "correct"): PROCEDURES["repair"].ends,
    ("housekeeping", "correct"): PROCEDURES["housekeeping"].ends,
    ("alarm", "correct"): PROCEDURES["alarm"].ends,
    ("housekeeping", "sign"): frozenset({"site_accepted", "team_accepted"}),
    ("housekeeping", "attest"): frozenset({"site_accepted", "team_accepted"}),
    ("repair", "start"): frozenset({"quoted"}),
    ("repair", "cancel"): frozenset({"on_site"}),
    ("repair", "finish"): frozenset({"quoted"}),
    ("coordination", "destroy"): frozenset({"archived"}),
}
"""Open in the table so that the person hears the rule's own reason: a slip that is closed (EN-D.9), no consent yet (EN-3.7), a
worker in the home (HS-4.3.2), what is kept for good (EN-D.3), a resident who accepts last of four (HA-4.1)."""
FOUR_STEPS = frozenset({"accept_site", "accept_supervisor", "accept_office", "site_accepted", "team_accepted", "office_accepted"})
"""Verbs and statuses of an office that chose four acceptances (MR-46)."""

KEPT_FOR_GOOD = ("coordination", "destroy")
"""The one verb that always hears the rule's reason."""


def answer(procedure: Procedure, verb: str, status: str, role: Role, assigned: bool) -> Step | Refused:
    try:
        return procedure.step(verb, status, {role}, assigned=assigned)
    except Refused as refused:
        return refused


def combinations(procedure: Procedure) -> Iterator[tuple[str, str, Role, bool]]:
    for verb in {step.verb for step in procedure.steps}:
        for status in procedure.statuses:
            for role in Role:
                yield verb, status, role, True
                yield verb, status, role, False


@pytest.mark.parametrize("kind", ALL)
def test_every_status_verb_and_role_gives_a_row_or_a_refusal_with_a_clause(kind: str) -> None:
    procedure = PROCEDURES[kind]
    for verb, status, role, assigned in combinations(procedure):
        given = answer(procedure, verb, status, role, assigned)
        may = [row for row in procedure.rows(verb) if role in row.roles]
        mine = [row for row in may if assigned or not row.own]
        ready = [row for row in mine if status in row.before]
        if isinstance(given, Step):
            assert given is ready[0]
        else:
            assert given.clause in clauses()
            assert str(given.why)
            assert (given.status, bool(ready)) == (409 if mine else 403, False), (verb, status, role, assigned)
            own = {row.clauses[0] for row in procedure.rows(verb)}
            assert given.clause in ({"MR-2"} if may and not mine else own)


@pytest.mark.parametrize("kind", ALL)
def test_the_buttons_shown_are_the_steps_that_pass(kind: str) -> None:
    procedure = PROCEDURES[kind]
    shown = {
        (step.verb, status, role, assigned)
        for status in procedure.statuses for role in Role for assigned in (True, False)
        for step in procedure.open_steps(status, {role}, assigned=assigned)
    }  # fmt: skip
    passing = {each for each in combinations(procedure) if isinstance(answer(procedure, *each), Step)}
    assert shown == passing


@pytest.mark.parametrize("kind", ALL)
def test_an_unknown_verb_is_no_step(kind: str) -> None:
    with pytest.raises(Refused, match="MR-5") as refused:
        PROCEDURES[kind].step("fly", NEW, Role)
    assert refused.value.status == 404


@pytest.mark.parametrize("kind", ALL)
def test_a_table_is_whole_names_titles_clauses_letters_and_clocks(kind: str) -> None:
    procedure = PROCEDURES[kind]
    verbs = {step.verb for step in procedure.steps}
    reached = {NEW} | {step.after for step in procedure.steps if step.after}
    assert set(procedure.statuses) == reached == set(procedure.titles) | {NEW}
    assert set(procedure.verbs) == verbs
    assert procedure.ends
    assert kind in LETTERS
    assert len(set(LETTERS.values())) == len(LETTERS)
    assert {clause for row in (*procedure.steps, *procedure.clocks) for clause in row.clauses} <= set(clauses())
    assert all(clock.starts | clock.until | clock.drops <= verbs and clock.starts and clock.until for clock in procedure.clocks)
    assert len({clock.key for clock in procedure.clocks}) == len(procedure.clocks)
    assert max(map(len, (kind, *procedure.statuses, *verbs))) <= 20


@pytest.mark.parametrize("kind", ALL)
def test_every_verb_people_may_take_is_a_command(kind: str) -> None:
    people = {step.verb for step in PROCEDURES[kind].steps if step.roles - {Role.SYSTEM}}
    offered = {*KINDS[kind].commands, *KINDS[kind].openings}
    assert people - offered <= {"refer"}, "an urgent repair at the service desk is filed, and becomes a hand-over"
    assert offered <= {step.verb for step in PROCEDURES[kind].steps}


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "verb"), VERBS)
def test_every_legal_step_passes_the_database(world: World, kind: str, verb: str) -> None:
    taken = set()
    for row in PROCEDURES[kind].rows(verb):
        for status in sorted(row.before - RULE_SAYS_NO.get((kind, verb), frozenset())):
            case = at_status(world, kind, status, verb)
            if case is not None and is_first(row, case) and actor_for(world, case, row, facts_for(world, case, verb)):
                take(world, case, row)
                event = case.events.filter(verb=verb).latest("pk")
                assert (event.before, event.after) == (status, row.after or status)
                assert differences(case) == []
                taken.add(row)
            world.later(60 * 72)  # the visits planned for one case are over before the next
    never = RULE_SAYS_NO.get((kind, verb), frozenset())
    assert taken == {row for row in PROCEDURES[kind].rows(verb) if row.roles - {Role.SYSTEM} and row.before - never}


def is_first(row: Step, case: Case) -> bool:
    """Tell whether no earlier row of the same verb answers at this status."""
    return case.procedure.step(row.verb, case.status, row.roles) is row


def at_status(world: World, kind: str, status: str, verb: str) -> Case | None:
    """Return a case on which the verb makes sense: a stub comes back only where a slip was left, an emergency has a list, only
    what was found is removed, and only what changed is seen again."""
    if kind == "housekeeping":
        decide(world, "acceptance.chain", "four_steps" if {verb, status} & FOUR_STEPS else "customer_only")
    case = world.file(urgency="emergency", **FILED) if verb == "check_off" else opened(world, kind)
    if verb == "remove_hazard" and status not in BEFORE_A_HAZARD:
        travel(world, case, "on_site")
        take(world, case, case.procedure.rows("report_hazard")[0])
    if verb == "return_stub":
        travel(world, case, "nobody_home")
    if verb == "acknowledge" and status not in {"reported", "accepted"}:
        travel(world, case, "dispatched")
    there = travel(world, case, status)
    if verb == "acknowledge" and kind in ORDER_KINDS:
        # something changed since: else nothing is seen twice; and one goes alone, for of two each looks
        Order.objects.filter(pk=case.pk).update(change_seen=False)
        Case.objects.filter(pk=case.pk).update(helpers=None)
    return there


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(OPENINGS))
def test_a_case_is_opened_with_its_first_step(world: World, kind: str) -> None:
    case = opened(world, kind)
    (first, *_more) = case.events.order_by("pk")
    assert (first.before, first.verb) == (NEW, OPENINGS[kind][0])
    assert case.number.startswith(f"XH-{LETTERS[kind]}26-")


@pytest.mark.django_db
def test_an_urgent_repair_at_the_service_desk_is_handed_over_and_a_reopened_order_takes_its_charge_back(world: World) -> None:
    urgent = world.file("service_desk", urgency="emergency", **FILED)
    assert urgent.events.get().verb == "refer"
    order = world.signed("86.00")
    charge = world.child(order, "charge")
    world.do(order, "reopen", "team_lead", reason="又堵了")
    charge.refresh_from_db()
    assert charge.status == "void"
    assert [differences(each) for each in (urgent, order, charge)] == [[], [], []]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "verb"), sorted(set(VERBS) - {KEPT_FOR_GOOD}))
def test_every_verb_counts_once_and_never_before_the_step_before_it(world: World, kind: str, verb: str) -> None:
    case, row = first_legal(world, kind, verb)
    world.later(minutes=60 * 24 * 800 if verb == "destroy" else 31)
    facts = facts_for(world, case, verb)
    by = actor_for(world, case, row, facts)
    assert by is not None
    with pytest.raises(Refused, match="MR-4") as early:
        world.answer(verb, case, by, at=case.last_at - timedelta(minutes=2), key="once", **facts)
    assert (early.value.status, early.value.field) == (409, "happened_at")
    first = world.answer(verb, case, by, key="once", **facts)
    events = Event.objects.count()
    again = world.answer(verb, case, by, key="once", **facts)
    assert (again.body, again.repeated, Event.objects.count()) == (first.body, True, events)
    with pytest.raises(Refused, match="MR-7") as other:
        perform(KINDS[kind].commands[verb], case, kind=KINDS[kind], by=by, at=When.told(world.now, world.now, None), key="once",
                facts=read_facts(KINDS[kind].commands[verb], facts))  # fmt: skip
    assert (other.value.status, Event.objects.count()) == (422, events)


def first_legal(world: World, kind: str, verb: str) -> tuple[Case, Step]:
    """Return a case at which somebody may take a verb, and the row of the table that says so."""
    for row in PROCEDURES[kind].rows(verb):
        for status in sorted(row.before - RULE_SAYS_NO.get((kind, verb), frozenset())):
            case = at_status(world, kind, status, verb)
            if case is not None and is_first(row, case) and actor_for(world, case, row, facts_for(world, case, verb)):
                return case, row
    raise AssertionError(f"nobody may {verb}")


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "verb"), VERBS)
def test_one_refusal_of_every_verb_passes_the_database_and_leaves_nothing(world: World, kind: str, verb: str) -> None:
    rows = PROCEDURES[kind].rows(verb)
    case = at_status(world, kind, sorted(rows[0].before)[0], verb) or opened(world, kind)
    stranger = outsider(world, case, rows)
    refused_without_trace(world, case, verb, stranger, 403)
    wrong = sorted(set(PROCEDURES[kind].statuses) - {NEW} - {status for row in rows for status in row.before})
    for status in wrong:
        late = travel(world, opened(world, kind), status)
        by = late and actor_for(world, late, rows[0], facts_for(world, late, verb))
        if late is not None and by is not None:
            refused_without_trace(world, late, verb, by, 409)
            return
    assert not wrong or verb == "tick", "nobody could be refused at another status"


def outsider(world: World, case: Case, rows: list[Step]) -> Actor:
    """Return somebody of the office who may not take the verb."""
    allowed = frozenset().union(*(row.roles for row in rows))
    detail = detail_of(case)
    for key in ("housekeeper", "administration", "quality", "finance", "control_centre"):
        if not KINDS[case.kind].roles(detail, world.actor(key)) & allowed:
            return world.actor(key)
    raise AssertionError("everybody may")


def refused_without_trace(world: World, case: Case, verb: str, by: Actor, status: int) -> None:
    before = (case.status, Event.objects.count(), Command.objects.count())
    with pytest.raises(Refused) as refused:
        world.answer(verb, case, by, **facts_for(world, case, verb))
    assert refused.value.status == status, refused.value
    assert refused.value.clause in clauses()
    case.refresh_from_db()
    assert (case.status, Event.objects.count(), Command.objects.count()) == before
