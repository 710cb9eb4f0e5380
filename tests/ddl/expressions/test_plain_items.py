"""The short way for plain items of a select list reads whatever it takes as the long way does, or leaves it."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st

from dbee_dbt.ddl.expressions import parse_query
from dbee_dbt.ddl.expressions import syntax as s
from dbee_dbt.ddl.expressions.parse import parse_query_text
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError

_WORDS = [
    "a",
    "T",
    '"b c"',
    '"FROM"',
    'U&"x"',
    "select",
    "LEVEL",
    "DATE",
    "USER",
    "SAMPLEID",
    "CASE",
    "ALL",
    "FROM",
    "as",
]
_SIGNS = [".", ",", "AS", "*", "1", "'s'", "(", ")", "+", "/* AS */"]
_tokens = st.lists(st.sampled_from([*_WORDS, *_SIGNS, ".", ",", "AS", "a", "T"]), min_size=1, max_size=9)


def _read(text: str) -> s.Query | tuple[str, int | None]:
    """What a query says, or which error it is and where."""
    try:
        return parse_query_text(text)
    except (QueryError, NotKnownError) as error:
        return repr(error), error.at


@given(_tokens, st.booleans())
@example(["T", ".", "a", "AS", '"b c"', ",", "a"], True)
@example(["T", ".", "FROM", ",", "a", "AS", "LEVEL"], True)
def test_both_ways_agree(tokens: list[str], has_source: bool) -> None:
    text = " ".join(["SELECT", *tokens, *(["FROM D.T"] if has_source else [])])
    found = _read(text)
    with patch.object(parse_query, "_plain_item", lambda _cursor: None):
        assert _read(text) == found


def test_the_short_way_is_taken() -> None:
    text = 'SELECT a, T.b AS c, "d" AS "e f" FROM D.T'
    with patch.object(parse_query, "_item", side_effect=AssertionError):
        found = _read(text)
    assert isinstance(found, s.Query)
    assert isinstance(found.body, s.Select)
    assert [(item.expression, item.alias) for item in found.body.items] == [
        (s.Name(at=7, parts=("a",)), None),
        (s.Name(at=10, parts=("T", "b")), "c"),
        (s.Name(at=20, parts=("d",), quoted=True), "e f"),
    ]
