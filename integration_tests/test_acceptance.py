"""The acceptance scenarios: three uses, told step by step in scenarios/*.yml, on the system that DBEE_LIVE_* names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from integration_tests.demo import ROOT
from integration_tests.in_process import run
from integration_tests.live import LiveSystem, Place

# Two of them at once would find each other's databases; one process runs the functions of a module.
SCENARIOS = sorted((ROOT / "integration_tests" / "scenarios").glob("*.yml"))
FILES = {
    "dbt_project.yml": "name: live\nprofile: live\nversion: 1.0.0\nflags: {send_anonymous_usage_stats: false}\n",
    "packages.yml": f"packages:\n  - local: '{ROOT.as_posix()}'\n",
}


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveSystem]:
    """The live system, or an emulator of this test's own; what the test made is dropped behind it."""
    if "DBEE_LIVE_HOST" not in os.environ:
        emulated(tmp_path / "live.duckdb", monkeypatch)
    place = Place.of_environment()
    found = LiveSystem(place, ROOT / "build" / "acceptance" / f"{place.prefix}made.txt")
    found.refuse_if_in_use()
    try:
        yield found
    finally:
        found.drop_all()


def emulated(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Name an emulated system in the environment, with a parent database in it."""
    from dbee_dbt.emulator import connect

    with connect(str(file)) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE SANDBOX AS PERM = 10e9, SPOOL = 10e9")
    said = {"HOST": f"emulator:{file}", "USER": "dbc", "PASSWORD": "none", "PARENT": "SANDBOX", "PREFIX": "DBEE_T_"}
    for name, value in said.items():
        monkeypatch.setenv(f"DBEE_LIVE_{name}", value)


@pytest.fixture
def project(system: LiveSystem, tmp_path: Path) -> Path:
    """An empty dbt project that has the dbt package and builds into a database of the run's own."""
    folder = tmp_path / "project"
    folder.mkdir()
    system.create_database(system.place.prefix + "DBT")
    for name, text in {**FILES, "profiles.yml": system.place.profile}.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = run("dbt deps --quiet", folder)
    assert done.code == 0, done.output
    return folder


@pytest.mark.dbt
@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_scenario(file: Path, system: LiveSystem, project: Path) -> None:
    scenario = YAML(typ="safe").load(filled(file.read_text(encoding="utf-8"), system.place))
    for number, step in enumerate(scenario["steps"], 1):
        take(step, f"{file.name}, step {number}", system, project)


def filled(text: str, place: Place) -> str:
    return text.replace("${PREFIX}", place.prefix)


def take(step: dict[str, Any], where: str, system: LiveSystem, project: Path) -> None:
    """Do one step of a scenario."""
    match step:
        case {"sql": script}:
            system.run(script)
        case {"load": files}:
            for name in files:
                script = (ROOT / "examples" / "retail" / name).read_text(encoding="utf-8")
                system.run(filled(script, system.place))
        case {"file": name, "text": text}:
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            (project / name).write_text(text, encoding="utf-8")
        case {"run": command}:
            check(step, where, command, project)
        case _:
            raise AssertionError(f"{where}: what is {step!r}?")


def check(step: dict[str, Any], where: str, command: str, project: Path) -> None:
    code, output = run(command, project)
    assert code == step.get("exit", 0), f"{where}: {command} ended with {code}\n{output}"
    flat = squeezed(output)
    for text in step.get("prints", ()):
        assert squeezed(text) in flat, f"{where}: {command} does not print {text!r}\n{output}"
    for text in step.get("prints not", ()):
        assert squeezed(text) not in flat, f"{where}: {command} prints {text!r}\n{output}"


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


class TestKeepingOutOfOthersWay:
    """What protects a system that other people work on."""

    def test_a_prefix_that_exists_is_refused(self, system: LiveSystem) -> None:
        system.create_database(system.place.prefix + "TAKEN")
        other = LiveSystem(system.place, ROOT / "build" / "acceptance" / "other.txt")
        with pytest.raises(RuntimeError, match="exists already"):
            other.refuse_if_in_use()

    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE DATABASE SOMEBODY_ELSES AS PERM = 1e6",
            "CREATE TABLE SOMEBODY_ELSES.T (A INTEGER)",
            "REPLACE VIEW SOMEBODY_ELSES.V AS SELECT 1 AS A FROM DBC.DBCInfoV",
            "ALTER TABLE SOMEBODY_ELSES.T DROP A",
            "DELETE FROM SOMEBODY_ELSES.T",
            "COMMENT ON DATABASE SOMEBODY_ELSES AS 'x'",
            "DELETE DATABASE SOMEBODY_ELSES ALL",
            "GRANT SELECT ON SOMEBODY_ELSES TO PUBLIC",
        ],
    )
    def test_nothing_without_the_prefix_is_touched(self, system: LiveSystem, statement: str) -> None:
        with pytest.raises(RuntimeError, match="does not begin with"):
            system.run(statement)

    def test_only_what_was_made_is_dropped(self, system: LiveSystem) -> None:
        mine, prefix = LiveSystem(system.place, ROOT / "build" / "acceptance" / "mine.txt"), system.place.prefix
        system.create_database(prefix + "THEIRS")
        mine.create_database(prefix + "MINE")
        mine.drop_all()
        names = system.rows(f"SELECT TRIM(DatabaseName) FROM DBC.DatabasesV WHERE OwnerName = '{system.place.parent}'")
        assert [prefix + "THEIRS"] == [row[0] for row in names]
