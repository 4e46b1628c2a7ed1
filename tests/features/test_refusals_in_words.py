"""A refusal names the step between quotation marks: not every step is a word that can stand after "cannot"."""

import pytest

from menling.doorway.language import CHINESE, ENGLISH, said
from menling.kernel.refusal import Refused
from menling.kernel.roles import Role
from menling.procedures import PROCEDURES

STEPS = sorted({(kind, step.verb) for kind, procedure in PROCEDURES.items() for step in procedure.steps})


@pytest.mark.parametrize(("kind", "verb"), STEPS)
@pytest.mark.parametrize("held", [frozenset(), frozenset(Role)], ids=["nobody", "everybody"])
def test_a_step_refused_is_named_as_its_button_is(kind: str, verb: str, held: frozenset[Role]) -> None:
    procedure = PROCEDURES[kind]
    with pytest.raises(Refused) as refusal:
        procedure.step(verb, "nowhere", held)
    for language in (CHINESE, ENGLISH):
        assert said(refusal.value.why, language).startswith(f"“{said(procedure.verb_title(verb), language)}”")
