"""A step a phone sent late and the office refused, as JSON."""

from typing import Any

from menling.kernel.actor import Actor
from menling.orders.models import RefusedStep


def refused_step(kept: RefusedStep, by: Actor) -> dict[str, Any]:
    """Return of which case it was, what was typed and when, why it was refused, and why it was not written down (MR-41)."""
    return {
        "of": kept.of.number, "verb": kept.verb, "facts": kept.facts, "done_at": kept.done_at, "worker": kept.worker.number,
        "clause": kept.clause, "why": kept.why, "why_zh": kept.why_zh, "reason": kept.reason,
    }  # fmt: skip
