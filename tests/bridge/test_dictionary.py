"""Each dictionary macro: its one query, and what it makes of the codes that the dictionary answers with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from dbee_dbt.bridge import Bridge
from dbee_dbt.model.errors import DatabaseQueryError, MacroError

Row = dict[str, Any]


class Answers:
    """A system that answers each query with prepared rows, by a word that the query holds; it keeps the queries."""

    def __init__(self, **rows: list[Row]) -> None:
        self.rows = rows
        self.queries: list[str] = []

    def __call__(self, sql: str) -> list[Row]:
        self.queries.append(sql)
        return next((rows for word, rows in self.rows.items() if word in sql), [])


def ask(facet: str, *arguments: Any, variables: Row | None = None, **rows: list[Row]) -> tuple[list[Row], Answers]:
    answers = Answers(**rows)
    found = Bridge(answers, variables=variables).call(f"dbee_dictionary_{facet}", *arguments)
    return found, answers


TABLE: Row = {
    "databasename": "Sales",
    "tablename": "Orders",
    "version": 3,
    "mapname": "TD_MAP1",
    "commentstring": "",
    "creatorname": "dbc",
    "createtimestamp": datetime(2024, 1, 2, 3, 4, 5),
    "lastaltername": "etl",
    "lastaltertimestamp": None,
    "tablekind": "T",
    "checkopt": "N",
    "temporalproperty": "V",
    "queueflag": "N",
    "commitopt": "N",
    "protectiontype": "F",
    "journalflag": "DL",
}


def test_a_relation() -> None:
    found, _ = ask("relations", ["sales"], TablesV=[TABLE])
    assert found == [
        {
            "database": "Sales",
            "name": "Orders",
            "kind": "table",
            "set_kind": "SET",
            "temporal": "VALID TIME",
            "queue": False,
            "on_commit": None,
            "fallback": True,
            "before_journal": "DUAL",
            "after_journal": "LOCAL",
            "map": "TD_MAP1",
            "comment": None,
            "creator": "dbc",
            "created": "2024-01-02 03:04:05",
            "altered_by": "etl",
            "altered": None,
            "version": 3,
        }
    ]


@pytest.mark.parametrize(
    ("code", "kind"),
    [("T", "table"), ("O", "table"), ("Q", "table"), ("V", "view"), ("M", "macro"), ("P", "procedure"), ("E", "procedure"),
     ("F", "function"), ("R", "function"), ("G", "trigger"), ("I", "join index"), ("N", "hash index"), ("9", "kind 9")],
)  # fmt: skip
def test_kinds(code: str, kind: str) -> None:
    found, _ = ask("relations", ["sales"], TablesV=[{**TABLE, "tablekind": code, "checkopt": "Y"}])
    assert (found[0]["kind"], found[0]["set_kind"]) == (kind, "MULTISET" if kind == "table" else None)


def column(**values: Any) -> Row:
    return {
        "databasename": "Sales", "tablename": "Orders", "columnname": "C", "columnposition": 1, "columntype": "CV",
        "columnlength": 20, "chartype": 1, "decimaltotaldigits": None, "decimalfractionaldigits": None,
        "columnudtname": None, "nullable": "Y", "uppercaseflag": "N", "columnformat": "X(20)", "columntitle": None,
        "defaultvalue": None, "compressible": "N", "compressvaluelist": None, "idcoltype": None, "columnconstraint": None,
        "commentstring": None,
        **values,
    }  # fmt: skip


def test_columns() -> None:
    rows = [
        column(nullable="N", uppercaseflag="B", compressible="C", compressvaluelist="('A','B')", commentstring="001"),
        column(columnname="D", columnposition=2, columntype="I", compressible="C", idcoltype="GD", uppercaseflag=""),
    ]
    found, _ = ask("columns", ["sales"], ColumnsV=rows)
    assert found[0] == {
        "database": "Sales", "relation": "Orders", "name": "C", "position": 1, "nullable": False, "default": None,
        "type": "VARCHAR(20) CHARACTER SET LATIN", "format": "X(20)", "title": None, "uppercase": True,
        "case_specific": True, "compress": "('A','B')", "identity": None, "checks": [], "comment": "001",
    }  # fmt: skip
    assert {key: found[1][key] for key in ("name", "position", "type", "compress", "identity", "case_specific")} == {
        "name": "D", "position": 2, "type": "INTEGER", "compress": "", "identity": "BY DEFAULT", "case_specific": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        ("CHECK ( A > 0 )", ["A > 0"]),
        ("CHECK ( (A * B )>=  0  )", ["(A * B )>=  0"]),
        ("CHECK ( A > 0 ) AND CHECK ( A < 9 AND A <> 5 )", ["A > 0", "A < 9 AND A <> 5"]),
        ("CHECK ( A <> ') AND CHECK (' ) AND CHECK ( (A = 'b') OR (A = 'c') )", ["A <> ') AND CHECK ('", "(A = 'b') OR (A = 'c')"]),
        ("A BETWEEN 1 AND 9", ["A BETWEEN 1 AND 9"]),
    ],
)  # fmt: skip
def test_the_checks_of_a_column(text: str, checks: list[str]) -> None:
    found, _ = ask("columns", ["sales"], ColumnsV=[column(columnconstraint=text)])
    assert found[0]["checks"] == checks


def test_a_view_column_has_no_type() -> None:
    found, _ = ask(
        "columns", ["sales"], ColumnsV=[column(columntype=None, columnlength=None, nullable=None, uppercaseflag=None)]
    )
    assert (found[0]["type"], found[0]["nullable"], found[0]["case_specific"]) == (None, None, None)


def index(number: int, code: str, name: str, unique: str = "N", **values: Any) -> Row:
    return {
        "databasename": "Sales", "tablename": "Orders", "indexnumber": number, "indexname": None, "columnname": name,
        "columnposition": 1, "indextype": code, "uniqueflag": unique, **values,
    }  # fmt: skip


def test_indexes_gather_their_columns() -> None:
    rows = [
        index(1, "K", "A", "Y", indexname="PK"),
        index(1, "K", "B", "Y", indexname="PK"),
        index(4, "S", "B"),
        index(4, "S", "C"),
        index(4, "I", "C"),
        index(8, "V", "D", indexname="V1"),
        index(12, "H", "E"),
        index(16, "U", "F", "Y"),
    ]
    found, _ = ask("indexes", ["sales"], IndicesV=rows)
    assert [
        tuple(row[key] for key in ("number", "name", "form", "unique", "columns", "key", "order_by")) for row in found
    ] == [
        (1, "PK", "primary index", True, ["A", "B"], "primary key", None),
        (4, None, "secondary", False, ["B", "C"], None, ["VALUES", "C"]),
        (8, "V1", "secondary", False, ["D"], None, ["VALUES", "D"]),
        (12, None, "secondary", False, ["E"], None, ["HASH", "E"]),
        (16, None, "secondary", True, ["F"], "unique", None),
    ]


def test_a_primary_amp_index() -> None:
    found, _ = ask("indexes", ["sales"], IndicesV=[index(1, "A", "A")])
    assert found[0]["form"] == "primary amp"


def test_a_foreign_key_of_two_columns() -> None:
    rows = [
        {"childdb": "S", "childtable": "T", "indexid": 1, "indexname": None, "childkeycolumn": child,
         "parentdb": "S", "parenttable": "P", "parentkeycolumn": parent}
        for child, parent in (("A", "X"), ("B", "Y"))
    ]  # fmt: skip
    found, _ = ask("references", ["S"], All_RI_ChildrenV=rows)
    assert [(row["columns"], row["parent_columns"]) for row in found] == [(["A", "B"], ["X", "Y"])]


def test_a_check_loses_its_keyword_and_parentheses() -> None:
    row = {"databasename": "S", "tablename": "T", "checkname": None, "tblcheck": "CHECK ( (A * B )>=  0  )"}
    found, _ = ask("checks", ["S"], ShowTblChecksV=[row])
    assert found[0]["expression"] == "(A * B )>=  0"


def test_a_long_text_is_put_together_and_stands_for_the_short_one() -> None:
    texts = [
        {"databasename": "S", "tablename": "V", "tablekind": "V", "requesttext": "REPLACE VIEW\rV AS SEL"},
        {"databasename": "S", "tablename": "W", "tablekind": "V", "requesttext": "REPLACE VIEW W\r\nAS SEL 1 x"},
    ]
    pieces = [
        {"databasename": "S", "tablename": "V", "requesttext": text} for text in ("REPLACE VIEW\rV AS SEL", "ECT 1 x")
    ]
    found, _ = ask("texts", ["S"], TableTextV=pieces, TablesV=texts)
    assert [row["text"] for row in found] == ["REPLACE VIEW\nV AS SELECT 1 x", "REPLACE VIEW W\nAS SEL 1 x"]
    found, asked = ask("view_texts", ["S"], TableTextV=pieces, TablesV=texts)
    assert [row["text"] for row in found] == ["REPLACE VIEW\nV AS SELECT 1 x", "REPLACE VIEW W\nAS SEL 1 x"]
    assert all("TableKind IN ('V')" in sql for sql in asked.queries)


def test_without_the_right_to_read_long_texts_a_text_that_may_be_cut_is_not_known() -> None:
    texts = [
        {"databasename": "S", "tablename": name, "tablekind": "V", "requesttext": text}
        for name, text in (("V", "REPLACE VIEW V AS SEL 1 x"), ("W", "x" * 12_500))
    ]

    def answer(sql: str) -> list[Row]:
        if "TableTextV" in sql:
            raise DatabaseQueryError("[Error 3523] no right", teradata_code=3523)
        return texts

    found = Bridge(answer).call("dbee_dictionary_view_texts", ["S"])
    assert [row["text"] for row in found] == ["REPLACE VIEW V AS SEL 1 x", None]


HELP: Row = {
    "column name": "A_LONG_NAME_CUT_TO_30_CHARACTE", "column dictionary name": "A_LONG_NAME_CUT_TO_30_CHARACTERS_OR_MORE",
    "type": "CV  ", "nullable": "Y ", "format": "X(10)    ", "max length": 20, "decimal total digits": None,
    "decimal fractional digits": None, "uppercase": "N", "char type": 2, "title": None, "udt name": None,
}  # fmt: skip


def view(database: str, name: str, kind: str = "view") -> Row:
    return {"database": database, "name": name, "kind": kind}


def test_without_qvci_each_view_is_asked_for_its_columns() -> None:
    found, answers = ask("view_columns", [view('my"db', "v"), view("D", "W")], HELP=[HELP])
    assert answers.queries == ['HELP COLUMN "my""db"."v".*', 'HELP COLUMN "D"."W".*']
    assert found[0]["name"] == "A_LONG_NAME_CUT_TO_30_CHARACTERS_OR_MORE"
    assert found[0]["type"] == "VARCHAR(10) CHARACTER SET UNICODE"
    assert [row["position"] for row in found] == [1, 1]


@pytest.mark.parametrize(("arguments", "variables"), [((True,), {}), ((), {"use_qvci": True})])
def test_with_qvci_one_query_serves_all_views(arguments: tuple[bool, ...], variables: Row) -> None:
    rows = [column(tablename="V"), column(tablename="OTHER")]
    views = [view("Sales", "v"), view("SALES2", "w")]
    found, answers = ask("view_columns", views, *arguments, variables=variables, ColumnsJQV=rows)
    assert len(answers.queries) == 1
    assert [row["relation"] for row in found] == ["V"]


def test_no_views_no_request() -> None:
    assert ask("view_columns", [])[1].queries == []


@pytest.mark.parametrize("qvci", [True, False])
def test_what_is_no_view_is_never_asked_for_types(qvci: bool) -> None:
    assert ask("view_columns", [view("D", "T", "table"), view("D", "M", "macro")], qvci)[1].queries == []


FACETS = ["relations", "columns", "indexes", "partitioning", "references", "checks", "texts", "view_texts"]


@pytest.mark.parametrize("facet", FACETS)
def test_a_facet_takes_the_same_few_requests_for_any_number_of_databases(facet: str) -> None:
    _, one = ask(facet, ["A"])
    _, many = ask(facet, [f"D{number}" for number in range(500)])
    assert len(one.queries) == len(many.queries) <= 2
    for sql in many.queries:
        assert sql.startswith("LOCKING ROW FOR ACCESS\n")
        assert "'D499' (NOT CASESPECIFIC)" in sql


@pytest.mark.parametrize("facet", FACETS)
def test_sites_that_allow_only_the_x_views(facet: str) -> None:
    _, answers = ask(facet, ["A"], variables={"dbee": {"dictionary": "vx"}})
    for sql in answers.queries:
        assert "VX AS" in sql
        assert "V AS" not in sql


def test_another_kind_of_view_is_refused() -> None:
    with pytest.raises(MacroError, match="must be V or VX"):
        ask("relations", ["A"], variables={"dbee": {"dictionary": "W"}})
