"""The flow of a procedure as a picture, drawn from its table and from nothing else."""

from collections import defaultdict

from menling.kernel.procedure import Procedure

ALONE = "new"


def mermaid(procedure: Procedure) -> str:
    """Return the flow as a Mermaid state diagram: one arrow per pair of statuses, with its verbs and first clauses."""
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for step in procedure.steps:
        if step.after is not None:
            for before in sorted(step.before, key=list(procedure.statuses).index):
                arrows[before.value, step.after.value].append(f"{step.verb} {step.clauses[0]}")
    drawn = [f"    {_state(before)} --> {_state(after)}: {', '.join(dict.fromkeys(verbs))}"
             for (before, after), verbs in arrows.items()]  # fmt: skip
    ends = [f"    {end.value} --> [*]" for end in procedure.statuses if end in procedure.ends]
    return "\n".join(["stateDiagram-v2", *drawn, *ends])


def clock_table(procedure: Procedure) -> str:
    """Return the clocks as a Markdown table: clause, promise, what starts, keeps and drops it."""
    rows = [f"| {', '.join(clock.clauses)} | {clock.promise} | {_verbs(clock.starts)} | {_verbs(clock.until)} "
            f"| {_verbs(clock.drops)} |" for clock in procedure.clocks]  # fmt: skip
    return "\n".join(["| clause | promise | from | until | let go by |", "| --- | --- | --- | --- | --- |", *rows])


def _state(status: str) -> str:
    return "[*]" if status == ALONE else status


def _verbs(verbs: frozenset[str]) -> str:
    return ", ".join(sorted(verbs))
