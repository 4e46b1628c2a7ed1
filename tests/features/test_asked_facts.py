"""What a form calls optional is so: a fact without which a step is refused stands in the table of its procedure."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from menling.journal.facts import asked_for, facts_model
from menling.journal.models import Case
from menling.journal.replay import detail_of
from menling.kernel.actor import Actor
from menling.kernel.refusal import Refused
from menling.kinds import KINDS
from tests.examples import Facts, actor_for, facts_for, plain
from tests.features.test_matrix import KEPT_FOR_GOOD, VERBS, first_legal
from tests.office import World

OPTIONAL = [(kind, verb) for kind, verb in VERBS if asked_for(KINDS[kind].commands[verb])[1] and (kind, verb) != KEPT_FOR_GOOD]


@contextmanager
def undone(case: Case) -> Iterator[None]:
    before = connection.savepoint()
    yield
    connection.savepoint_rollback(before)
    case.refresh_from_db()


def missed(world: World, case: Case, verb: str, by: Actor, facts: Facts) -> str:
    """Return the fact a step is refused for, or nothing where it passes."""
    with undone(case):
        try:
            world.answer(verb, case, by, **facts)
        except Refused as refused:
            return refused.field
    return ""


def proved(world: World, case: Case, verb: str, by: Actor, example: Facts) -> set[str]:
    """Return the facts that may be left out by the command, and that the step was refused without."""
    command, found = KINDS[case.kind].commands[verb], set[str]()
    required, optional = asked_for(command)
    fields = facts_model(command).model_fields
    facts = {name: example.get(name, plain(fields[name].annotation)) for name in required}
    while (name := missed(world, case, verb, by, facts)) in optional and name not in facts:
        found.add(name)
        facts[name] = example.get(name, plain(fields[name].annotation))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "verb"), OPTIONAL)
def test_no_fact_is_called_optional_that_its_step_is_refused_without(world: World, kind: str, verb: str) -> None:
    case, row = first_legal(world, kind, verb)
    world.later(31)
    example = facts_for(world, case, verb)
    by = actor_for(world, case, row, example)
    assert by is not None
    asks = case.procedure.asks_of(verb)
    needed = asks.needed(case.status, detail_of(case).terms())
    assert proved(world, case, verb, by, example) <= needed | set(asks.sometimes)
    for name in needed & set(example):
        assert missed(world, case, verb, by, {each: value for each, value in example.items() if each != name}) == name


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_a_table_asks_for_is_a_fact_its_command_can_be_called_without(kind: str) -> None:
    for verb, asks in KINDS[kind].procedure.asks.items():
        assert {*asks.always, *asks.sometimes} <= set(asked_for(KINDS[kind].commands[verb])[1]), verb
