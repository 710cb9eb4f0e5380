"""Keys and snapshots: what tells the rows of a table apart, and how a change of them is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dbee_dbt.catalogs.load import load_catalog
from dbee_dbt.model.catalog import ObjectFilter
from dbee_dbt.project.generate import Generation, generated_from, generation_options
from dbee_dbt.session.options import ProjectOptions


def generated(folder: Path, columns: str, **asked: Any) -> Generation:
    (folder / "a.sql").write_text(f"CREATE MULTISET TABLE A.T ({columns}) PRIMARY INDEX (A);", encoding="utf-8")
    options = ProjectOptions(project_dir=folder)
    return generated_from(
        load_catalog(f"dir:{folder}", ObjectFilter(("A",)), options), generation_options(asked, options)
    )


def reasons(made: Generation) -> list[tuple[str, str]]:
    return [(left.what, left.why) for left in made.summary.skipped]


NOT_MADE = "a column of its key is neither a whole number, a decimal, a date nor a text"


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        ("A INTEGER NOT NULL, B BYTEINT NOT NULL, UNIQUE (A, B)", True),
        (
            "A DATE NOT NULL, B DECIMAL(9,2) NOT NULL, C CHAR(2) CHARACTER SET LATIN NOT NULL, PRIMARY KEY (A, B, C)",
            True,
        ),
        ("A INTEGER NOT NULL, B BYTEINT NOT NULL", None),
        ("A INTEGER NOT NULL UNIQUE, B BYTEINT NOT NULL, UNIQUE (A, B)", None),
        ("A INTEGER NOT NULL, B BYTEINT, UNIQUE (A, B)", "its unique key takes nulls"),
        ("A INTEGER NOT NULL, B TIMESTAMP(0) NOT NULL, UNIQUE (A, B)", NOT_MADE),
        ("A INTEGER NOT NULL, B BYTE(3) NOT NULL, UNIQUE (A, B)", NOT_MADE),
        ("A INTEGER NOT NULL, T_KEY BYTEINT NOT NULL, UNIQUE (A, T_KEY)", "a column has its name"),
    ],
)
def test_a_surrogate_key_is_made_where_it_can_be(tmp_path: Path, columns: str, key: object) -> None:
    made = generated(tmp_path, columns, surrogate_keys=True)
    text = next(file.text for file in made.files if file.path.endswith("__models.yml"))
    assert ("- name: T_key\n" in text) is (key is True)
    assert reasons(made) == ([("surrogate key", key)] if isinstance(key, str) else [])


@pytest.mark.parametrize(
    ("columns", "asked", "strategy"),
    [
        ("A INTEGER NOT NULL PRIMARY KEY", True, None),
        ("A INTEGER NOT NULL PRIMARY KEY", {"tables": "T"}, "check"),
        ("A INTEGER NOT NULL PRIMARY KEY", {"tables": ["A.?"]}, "check"),
        ("A INTEGER NOT NULL PRIMARY KEY", {"tables": ["B.T"]}, None),
        ("A INTEGER NOT NULL PRIMARY KEY, P PERIOD(DATE)", True, "check"),
        ("A INTEGER NOT NULL PRIMARY KEY, P PERIOD(DATE), ROW_UPD_TS TIMESTAMP(0) NOT NULL", True, "timestamp"),
        ("A INTEGER NOT NULL PRIMARY KEY, P PERIOD(DATE), ROW_UPD_TS TIMESTAMP(0)", True, "check"),
        ("A INTEGER NOT NULL PRIMARY KEY, P PERIOD(DATE), SEEN TIMESTAMP(0) NOT NULL", True, "check"),
        ("A INTEGER NOT NULL, P PERIOD(DATE)", True, "no unique key tells its rows apart"),
        ("A INTEGER UNIQUE, P PERIOD(DATE)", True, "its unique key takes nulls"),
        (
            "A INTEGER NOT NULL UNIQUE, P PERIOD(DATE), C CLOB",
            True,
            "no column says when a row changed, and not all can be compared",
        ),
    ],
)
def test_a_snapshot_gets_the_strategy_that_its_columns_allow(
    tmp_path: Path, columns: str, asked: object, strategy: str | None
) -> None:
    made = generated(tmp_path, columns, snapshots=asked)
    text = "".join(file.text for file in made.files if file.path.endswith("__snapshots.yml"))
    left = [why for _, why in reasons(made)]
    assert (text.partition("strategy: ")[2].split() or left or [None])[0] == strategy


@pytest.mark.parametrize("asked", ["yes", {"table": "T"}, {"tables": [1]}])
def test_what_snapshots_cannot_mean_is_refused(tmp_path: Path, asked: object) -> None:
    from dbee_dbt.model.errors import MacroError

    with pytest.raises(MacroError, match="snapshots"):
        generated(tmp_path, "A INTEGER", snapshots=asked)
