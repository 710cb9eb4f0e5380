"""SQL as the text of a dbt model: pieces of it replaced by Jinja, everything else escaped and else as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from dbee_dbt.ddl.lexer import tokenize

Escape = Callable[[str], str]
"""SQL to text that Jinja leaves as it is: the dbt macro ``dbee_template_text``."""


class Edit(Struct, frozen=True, order=True):
    """Text of a template to stand in the place of SQL; the place is empty where it is put in between."""

    start: int
    end: int
    template: str


def rendered(text: str, start: int, end: int, edits: Iterable[Edit], escape: Escape) -> str:
    """A part of a text as a template.

    Args:
        text: SQL.
        start: offset at which the part begins.
        end: offset behind it.
        edits: none of them overlaps another; those outside of the part are left out.
        escape: for all that no edit replaces.
    """
    pieces, done = [], start
    for edit in sorted(edits):
        if start <= edit.start and edit.end <= end:
            pieces += [escape(text[done : edit.start]), edit.template]
            done = edit.end
    return "".join([*pieces, escape(text[done:end])])


def with_line_feeds(text: str) -> str:
    """The text with ``\\n`` at the end of every line, as files of a dbt project have it; literals and names stay."""
    if "\r" not in text:
        return text
    return "".join(
        token.text.replace("\r\n", "\n").replace("\r", "\n") if token.kind in ("space", "comment") else token.text
        for token in tokenize(text)
    )


def jinja_comment(*lines: str) -> str:
    """A comment that dbt leaves out of what it sends to the database; it takes the space around it with it."""
    text = "\n  ".join(lines).replace("#}", "# }")
    return f"{{#- {text} -#}}" if len(lines) == 1 else f"{{#-\n  {text}\n-#}}"
