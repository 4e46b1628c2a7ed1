"""Every word a user sees, in both languages. `check` is part of `make check`.

    scripts/translations.py update    bring the catalogues in line with the code; new words wait for a translation
    scripts/translations.py check     fail on words that are missing, left over, untranslated or have other placeholders
    scripts/translations.py compile   write the .mo files that Django reads

The words in the code are English: in `en` a word stands for itself unless the catalogue says better.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "menling"
LOCALES = ("zh_Hans", "en")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATES = ("*.html", "*.txt")
UNSAID = tuple(f'"{header}' for header in ("POT-C", "PO-R", "Last-T", "Report-", "Language-Team", "Generated-"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


def main(words: list[str]) -> int:
    """Carry out one of the three verbs; the exit code."""
    verbs = {"update": update, "check": check, "compile": write_compiled}
    if len(words) != 1 or words[0] not in verbs:
        print(__doc__, file=sys.stderr)
        return 2
    settings.configure()
    return verbs[words[0]]()


def update() -> int:
    """Add what the code says now, drop what it no longer says, keep every translation."""
    found = words_in_code()
    for locale in LOCALES:
        kept = catalogue(locale)
        fresh = Catalog(locale=locale, project="Menling", charset="utf-8", fuzzy=False)
        for message in found.values():
            said = kept.get(message.id, message.context) if message.id else None
            spoken = _kept(said, message, locale) if said and _translated(said) else _itself(message, locale)
            fresh.add(message.id, spoken, context=message.context, locations=message.locations)
        _write(fresh, locale)
    return write_compiled()


def check() -> int:
    """Print every fault of the catalogues; 1 when there is one."""
    found = words_in_code()
    faults = [f"{locale}: {fault}" for locale in LOCALES for fault in faults_of(catalogue(locale), found)]
    print("\n".join(faults) or f"translations: {len(found)} words in {', '.join(LOCALES)}")
    return 1 if faults else write_compiled()


def write_compiled() -> int:
    """Write the .mo file beside each catalogue, whole or not at all: a process may start meanwhile."""
    for locale in LOCALES:
        _file(locale).parent.mkdir(parents=True, exist_ok=True)
        draft = _file(locale).with_suffix(".mo.draft")
        with draft.open("wb") as target:
            write_mo(target, catalogue(locale))
        draft.replace(_file(locale).with_suffix(".mo"))
    return 0


def faults_of(spoken: Catalog, found: dict[object, Message]) -> Iterator[str]:
    """What is wrong with one catalogue, each fault as a sentence."""
    known = {spoken._key_for(message.id, message.context): message for message in spoken if message.id}
    for key, message in found.items():
        if key not in known:
            yield f"not in the catalogue: {message.id!r} (run scripts/translations.py update)"
        elif not _translated(known[key]):
            yield f"not translated: {message.id!r}"
        elif not _same_placeholders(known[key]):
            yield f"other placeholders: {message.id!r}"
    yield from (f"no longer in the code: {known[key].id!r}" for key in known.keys() - found.keys())


def words_in_code() -> dict[object, Message]:
    """Every marked word of the package's modules and templates, in a steady order."""
    words = Catalog()
    for file in sorted(PACKAGE.rglob("*.py")):
        _collect(words, file, io.BytesIO(file.read_bytes()))
    for file in sorted(path for pattern in TEMPLATES for path in PACKAGE.rglob(pattern)):
        # Django turns the template into the calls it makes; indentation would make them look like blocks.
        calls = templatize(file.read_text(encoding="utf-8"), origin=str(file))
        flat = "\n".join(line.strip() for line in calls.splitlines())
        _collect(words, file, io.BytesIO(flat.encode()))
    return {words._key_for(message.id, message.context): message for message in words if message.id}


def catalogue(locale: str) -> Catalog:
    """The catalogue of a language; an empty one when there is none yet."""
    file = _file(locale)
    if not file.exists():
        return Catalog(locale=locale)
    with file.open("rb") as source:
        return read_po(source, locale=locale)


def _collect(words: Catalog, file: Path, source: BinaryIO) -> None:
    for _line, message, _comments, context in extract("python", source, keywords=KEYWORDS):
        words.add(message, context=context, locations=[(file.relative_to(ROOT).as_posix(), 0)])


def _itself(message: Message, locale: str) -> str | tuple[str, ...]:
    if locale != "en":
        return ""
    return message.id if isinstance(message.id, str) else tuple(message.id)


def _kept(said: Message, message: Message, locale: str) -> Any:
    """Return what was said before, in the form it has now: a word that is counted since, or no longer, keeps its translation."""
    if said.pluralizable == message.pluralizable:
        return said.string
    if locale == "en":
        return _itself(message, locale)
    first = said.string if isinstance(said.string, str) else (said.string or ("",))[0]
    return (first,) if message.pluralizable else first


def _translated(message: Message) -> bool:
    said = _spoken(message)
    return bool(said) and all(said) and not message.fuzzy


def _same_placeholders(message: Message) -> bool:
    asked = message.id if isinstance(message.id, str) else message.id[-1]
    wanted = sorted(PLACEHOLDER.findall(asked))
    return all(sorted(PLACEHOLDER.findall(text)) == wanted for text in _spoken(message)[-1:])


def _spoken(message: Message) -> list[str]:
    """One translation, or one for each number."""
    if isinstance(message.string, str):
        return [message.string]
    return list(message.string or ())


def _file(locale: str) -> Path:
    return PACKAGE / "locale" / locale / "LC_MESSAGES" / "django.po"


def _write(spoken: Catalog, locale: str) -> None:
    """Without line numbers, dates and names, so that two people's changes meet only where their words do."""
    spoken.header_comment = f"# The words of Menling: {locale}"
    text = io.BytesIO()
    write_po(text, spoken, width=120, sort_output=True, include_lineno=False)
    lines = [line for line in text.getvalue().decode().splitlines(keepends=True) if not line.startswith(UNSAID)]
    _file(locale).parent.mkdir(parents=True, exist_ok=True)
    _file(locale).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
