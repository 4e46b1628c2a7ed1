"""The list of clauses: id, title and our own wording in both languages, and how each is meant to be honoured."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

DOCUMENTS = ("HS", "HC", "EN", "QI", "HR", "HA", "CS", "OI", "OC", "OS", "MR")
"""The procedures in the order of the papers; MR are the house rules, which no paper demands."""


@dataclass(frozen=True)
class Clause:
    """One clause. `enforce` is hard, clock, auto, prompt, report, config or info; `under` maps a conflict to options."""

    id: str
    document: str
    enforce: str
    title_zh: str
    title_en: str
    zh: str
    en: str
    under: dict[str, list[str]] = field(default_factory=dict)

    def title(self, language: str) -> str:
        """Return the title in `language`: English for any ``en``, else Chinese."""
        return self.title_en if language.startswith("en") else self.title_zh

    def text(self, language: str) -> str:
        """Return the wording in `language`: English for any ``en``, else Chinese."""
        return self.en if language.startswith("en") else self.zh


@cache
def clauses() -> dict[str, Clause]:
    """Return every clause by id, in the order of the papers."""
    found: dict[str, Clause] = {}
    for document in DOCUMENTS:
        text = resources.files(__package__).joinpath(f"{document}.toml").read_text("utf-8")
        for row in tomllib.loads(text)["clause"]:
            found[row["id"]] = Clause(document=document, **row)
    return found


def clause(key: str) -> Clause:
    """Return one clause. Errors: KeyError for an unknown id."""
    return clauses()[key]
