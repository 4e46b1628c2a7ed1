"""What the whole program keeps to: short files and functions, one funnel, exact money, clauses that exist."""

import ast
import re
import string
import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

import pytest

from menling.clauses import clauses
from menling.kinds import KINDS

ROOT = Path(__file__).resolve().parents[1]
TRACKED = [
    ROOT / name
    for name in subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    if name and (ROOT / name).is_file()
]
CODE = {".py", ".ts", ".tsx", ".js", ".mjs", ".css", ".html", ".typ", ".sh"}
MADE = {"migrations"}
"""Folders whose files are generated."""
HOSTS = ("registry", "pypi", "nexus", "artifactory", "mirror")
LATER = ("TODO", "FIXME", "XXX", "HACK")
MACHINE = re.compile(r"(?<![\w.<}])/(?:work|root|tmp|farm|home/[a-z]+|Users/[A-Za-z]+)/")
REGISTRY = re.compile(rf"https?://[^\s\"'<>)]*(?:{'|'.join(HOSTS)})")
UNFINISHED = re.compile(rf"\b(?:{'|'.join(LATER)})\b")
MONEY = ("menling/money/", "menling/catalogue/", "menling/kernel/money.py", "menling/procedures/charge.py",
         "menling/procedures/settlement.py", "menling/procedures/handover.py")  # fmt: skip

Function = ast.FunctionDef | ast.AsyncFunctionDef


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def sources(*under: str) -> list[Path]:
    """Return the tracked Python files written by hand under some folders."""
    return [path for path in TRACKED if path.suffix == ".py" and named(path).startswith(under) and not MADE & set(path.parts)]


def trees(*under: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sources(*under):
        yield named(path), ast.parse(path.read_text("utf-8"))


def functions(tree: ast.AST) -> list[Function]:
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield every module that is imported, with the name taken from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def sentence(node: ast.expr) -> str | None:
    """Return the text of a marked sentence, or None where it is not written on the spot."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_" and node.args:
        node = node.args[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def places(text: str) -> set[str]:
    return {name for _before, name, _form, _conversion in string.Formatter().parse(text) if name is not None}


def test_every_file_is_shorter_than_three_hundred_lines() -> None:
    lengths = {named(path): path.read_text("utf-8").count("\n") for path in TRACKED
               if path.suffix in CODE and not MADE & set(path.parts)}  # fmt: skip
    assert {name: length for name, length in lengths.items() if length >= 300} == {}


@pytest.mark.parametrize("under", ["menling/", "tests/", "scripts/"])
def test_nine_of_ten_functions_are_shorter_than_thirty_lines(under: str) -> None:
    lengths = [(node.end_lineno or node.lineno) - node.lineno + 1 for _name, tree in trees(under) for node in functions(tree)]
    assert quantiles(lengths, n=10)[-1] < 30
    assert max(lengths) < 80


def test_no_drawer_for_odds_and_ends() -> None:
    odds = {"utils", "util", "helpers", "misc", "common", "tools", "signals"}
    assert [named(path) for path in TRACKED if path.stem in odds and path.suffix in CODE] == []


def test_nothing_happens_behind_anybodys_back() -> None:
    for name, tree in trees("menling/"):
        modules = {module for module, _name in imported(tree)}
        assert not modules & {"django.dispatch", "django.db.models.signals", "django.core.signals"}, name
        methods = {node.name for each in ast.walk(tree) if isinstance(each, ast.ClassDef) for node in each.body
                   if isinstance(node, Function)}  # fmt: skip
        assert not methods & {"save", "delete", "bulk_create", "__setattr__"}, name


def test_imports_stand_at_the_top() -> None:
    inside = [
        f"{name}:{node.lineno}"
        for name, tree in trees("menling/", "tests/", "scripts/")
        for function in functions(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_only_commands_take_a_step() -> None:
    takers = {name for name, tree in trees("menling/") for module, _name in imported(tree) if module == "menling.journal.take"}
    assert takers
    assert {name for name in takers if not re.fullmatch(r"menling/\w+/commands/\w+\.py", name)} == set()


def test_statuses_clocks_and_events_are_written_by_the_funnel_and_the_sweep_alone() -> None:
    writes = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) journal_(event|deadline)|"
                        r"\b(Event|Deadline)\.objects\.(create|bulk_create|update_or_create|get_or_create)\b")  # fmt: skip
    writers = {named(path) for path in sources("menling/") if writes.search(path.read_text("utf-8"))}
    assert writers - {name for name in writers if name.startswith(("menling/bench/", "menling/demo/"))} == {
        "menling/journal/take.py", "menling/journal/sweep.py",
    }  # fmt: skip


def test_money_is_never_a_float() -> None:
    for name, tree in trees(*MONEY):
        for node in ast.walk(tree):
            assert not (isinstance(node, ast.Name) and node.id == "float"), f"{name}:{node.lineno}"
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), f"{name}:{node.lineno}"
    for name, tree in trees("menling/"):
        fields = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert "FloatField" not in fields, name


def texts() -> Iterator[tuple[str, str]]:
    for path in TRACKED:
        try:
            yield named(path), path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def test_no_tracked_file_knows_a_machine_or_a_registry() -> None:
    found = [(name, met.group()) for name, text in texts() for form in (MACHINE, REGISTRY) for met in form.finditer(text)]
    assert found == []
    locks = {name: text for name, text in texts() if name.endswith("package-lock.json")}
    assert [name for name, text in locks.items() if '"resolved"' in text] == []
    assert "uv.lock" not in {named(path) for path in TRACKED}


def test_nothing_is_left_for_later() -> None:
    others = ((name, text) for name, text in texts() if name != named(Path(__file__)))
    assert [(name, met.group()) for name, text in others for met in UNFINISHED.finditer(text)] == []


def test_every_refusal_cites_a_clause_that_exists_and_a_known_status() -> None:
    found = [(name, call) for name, tree in trees("menling/") for call in calls(tree, "Refused")]
    cited = {clause: name for name, call in found if call.args and (clause := sentence(call.args[0]))}
    assert len(cited) > 15
    assert {clause: name for clause, name in cited.items() if clause not in clauses()} == {}
    statuses = {word.value.value for _name, call in found for word in call.keywords
                if word.arg == "status" and isinstance(word.value, ast.Constant)}  # fmt: skip
    assert statuses <= {400, 403, 404, 409, 422}


def test_every_refusal_is_a_sentence_that_has_the_values_it_names() -> None:
    for name, tree in trees("menling/"):
        for call in calls(tree, "Refused"):
            text = sentence(call.args[1]) if len(call.args) > 1 else None
            given = {word.arg for word in call.keywords} - {"status", "field"}
            if text is not None and None not in given:
                assert places(text) <= given, f"{name}:{call.lineno}"
                assert text.endswith((".", "?")), f"{name}:{call.lineno}"


def test_every_message_made_on_the_spot_has_the_values_it_names() -> None:
    for name, tree in trees("menling/"):
        for call in (call for function in functions(tree) for call in calls(function, "Message")):
            values = call.args[1] if len(call.args) > 1 else None
            text = sentence(call.args[0]) if call.args else None
            if text is not None and (values is None or isinstance(values, ast.Dict)):
                keys = {key.value for key in values.keys if isinstance(key, ast.Constant)} if values else set()
                assert places(text) <= keys, f"{name}:{call.lineno}"


def public(tree: ast.Module) -> Iterator[Function | ast.ClassDef]:
    """Yield public functions and classes of a module and the public methods of those classes."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            inner = node.body if isinstance(node, ast.ClassDef) and "Protocol" not in ast.dump(ast.List(node.bases)) else []
            yield from (each for each in inner if isinstance(each, Function) and not each.name.startswith("_"))


def test_every_module_and_every_public_name_says_what_it_is() -> None:
    silent = []
    for name, tree in trees("menling/", "scripts/"):
        silent += [] if ast.get_docstring(tree) or not tree.body else [name]
        silent += [f"{name}:{node.lineno} {node.name}" for node in public(tree) if not ast.get_docstring(node)]
    assert silent == []


def test_every_command_says_first_which_clauses_it_serves() -> None:
    for kind in KINDS.values():
        for command in (*kind.commands.values(), *kind.openings.values()):
            cited, _blank, said = (command.__doc__ or "").partition("  ")
            assert said, f"{command.__module__}.{command.__name__}"
            assert set(cited.split(", ")) <= set(clauses()), f"{command.__module__}.{command.__name__}"
