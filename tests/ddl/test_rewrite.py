"""Names changed token by token: cases in rewrite.txt, and that nothing else is ever touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.ddl.lexer import tokenize
from dbee_dbt.ddl.naming import written_name
from dbee_dbt.ddl.references import references
from dbee_dbt.ddl.rewrite import Rewritten, qualified, with_databases, with_name, with_verb
from dbee_dbt.model.errors import DdlError
from tests.ddl.golden import Case, cases
from tests.ddl.test_references import AROUND
from tests.strategies.queries import Made, queries

CASES = cases("rewrite.txt", "=>", "---")
STATEMENTS = [case.parts[0] for case in CASES]


def _rewritten(title: str, text: str) -> Rewritten:
    """What a title asks for: ``rename to [D.]N: …``, ``databases D=E, F=G: …``, ``default D: …``, ``CREATE: …``."""
    what, _, _ = title.partition(":")
    match what.split(maxsplit=2):
        case ["rename", "to", name]:
            database, _, last = name.rpartition(".")
            return with_name(text, database or None, last)
        case ["databases", *pairs]:
            databases = dict(pair.split("=") for pair in " ".join(pairs).replace(",", "").split())
            return with_databases(text, databases)
        case ["strings", *pairs]:
            databases = dict(pair.split("=") for pair in " ".join(pairs).replace(",", "").split())
            return with_databases(text, databases, in_strings=True)
        case ["default", database]:
            return qualified(text, database)
        case ["CREATE"]:
            return with_verb(text, "CREATE")
        case ["REPLACE"]:
            return with_verb(text, "REPLACE")
    raise ValueError(title)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_rewritten(case: Case) -> None:
    text, expected, left = case.parts
    found = _rewritten(case.title, text)
    assert (found.text, "\n".join(found.not_changed)) == (expected, left)


@given(st.sampled_from(STATEMENTS))
def test_the_same_names_change_nothing(text: str) -> None:
    found = references(text)
    told = [*found.found, *found.qualifiers, *([found.subject] if found.subject else [])]
    databases = {one.path[0] or one.path[1]: one.path[0] or one.path[1] for one in told}
    assert with_databases(text, databases).text == text
    assert with_databases(text, {}).text == text


@given(queries(), st.sampled_from(AROUND), st.sampled_from(["DEV_1", "${ENV}_D", "a b", "NEW", "Größe"]))
def test_mapped_there_and_back(made: Made, around: str, new: str) -> None:
    text = around.format(made.named("q"))
    there = with_databases(text, {"D": new})
    back = with_databases(there.text, {new: "D"})
    assert [one.path for one in references(back.text).found] == [one.path for one in references(text).found]
    assert back.text.replace('"D"', "D") == text  # what had to be quoted stays so
    assert back.text == text or '"' in written_name(new)


@given(queries(), st.sampled_from(AROUND))
def test_the_references_afterwards_are_the_mapped_ones(made: Made, around: str) -> None:
    text = around.format(made.named("q"))
    found = [one.path for one in references(with_databases(text, {"D": "X", "E": "D"}).text).found]
    mapped = {"D": "X", "E": "D"}
    assert found == [(mapped[one.path[0]], one.path[1]) for one in references(text).found]


@given(queries(), st.sampled_from(AROUND))
def test_strings_comments_and_what_is_no_name_stay(made: Made, around: str) -> None:
    text = around.format(made.named("q")).replace(" FROM ", " /* D.X */ FROM ")
    before, after = tokenize(text), tokenize(with_databases(text, {"D": "X", "E": "Y"}).text)
    kinds = ("word", "quoted name")
    assert [one.text for one in before if one.kind not in kinds] == [one.text for one in after if one.kind not in kinds]


@given(queries(), st.sampled_from(AROUND))
def test_qualified_the_references_are_the_same(made: Made, around: str) -> None:
    text = around.format(made.named("q")).replace("D.ORDERS", "ORDERS").replace("D.LINES", "LINES")
    found = qualified(text, "D")
    names = [one.name for one in references(text, "D").found]
    assert [one.name for one in references(found.text).found] == names
    assert qualified(found.text, "D") == Rewritten(found.text, 0)


@given(st.sampled_from(STATEMENTS), st.sampled_from(["N", "a b", 'x"y', "SELECT", "Größe"]))
def test_a_new_name_is_the_subject(text: str, name: str) -> None:
    subject = references(text).subject
    if subject is None:
        return
    found = with_name(text, "D2", name)
    renamed = references(found.text).subject
    assert renamed is not None
    assert renamed.path == ("D2", name)
    assert with_name(found.text, "D2", name).text == found.text


@pytest.mark.parametrize(
    "text",
    ["CREATE TABLE t (a INT)", "CREATE SET TABLE t (a INT)", "CREATE JOIN INDEX j AS SELECT a FROM t", "CT t (a INT)"],
)
def test_what_has_no_replace(text: str) -> None:
    with pytest.raises(DdlError, match="cannot be replaced"):
        with_verb(text, "REPLACE")


@pytest.mark.parametrize("text", ["", "SELECT 1", "CREATE VIEW v AS SELECT 1; SELECT 2"])
def test_what_names_no_object(text: str) -> None:
    with pytest.raises(DdlError):
        with_name(text, None, "N")
