"""Bringing the YAML of 5,000 models in 500 files in line with a database; of 500 models, beside dbt-osmosis."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import generating
from estate import catalog
from measure import Figure, median_seconds, script

from dbee_dbt.catalogs.saved import write_catalog
from dbee_dbt.model.catalog import Catalog, ObjectFilter
from dbee_dbt.project.generate import GenerationOptions, generated_from
from dbee_dbt.project.sync import Sync, find_sync, write_sync
from dbee_dbt.project.write_files import write_files
from dbee_dbt.session.options import ProjectOptions

MODELS, FILES, COLUMNS = 5000, 500, 30
CHANGED = 100  # in one table of so many, a third of the character columns is wider than the YAML says
WHAT = f"sync: {MODELS:,} models of {COLUMNS} columns in {FILES} files"


def figures(times: int) -> list[Figure]:
    """A run that changes some files, with its memory, one that changes none, and one beside the peer."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        project.make()
        megabytes = project.megabytes()
        changed = median_seconds(project.check, times)
        write_sync(project.check(), project.root)
        unchanged = median_seconds(project.check, times)
        beside = _beside(Path(folder))
    return [
        Figure(what=WHAT, seconds=changed, items=MODELS, reach=20, megabytes=megabytes),
        Figure(what=f"{WHAT}, nothing changed", seconds=unchanged, items=MODELS, reach=20),
        beside,
    ]


def _beside(folder: Path) -> Figure:
    """The same project and tables for both, whole commands, in a run that changes nothing any more."""
    warehouse, project = folder / "warehouse.duckdb", folder / "osmosis"
    generating._fill(warehouse)
    osmosis = generating._osmosis(project, warehouse)
    osmosis()
    place = ["--project-dir", project, "--profiles-dir", project]
    generating._run([script("dbt"), "--quiet", "parse", *place])
    command = [script("dbee-dbt"), "generate-models", "--sync", "--from", "td:"]
    command += ["--objects", generating.DATABASE, *place]
    peer = median_seconds(osmosis, 1)
    generating._run(command)
    return Figure(
        what=f"sync: {generating.TABLES} models of {generating.COLUMNS} columns, whole command, nothing changed",
        seconds=median_seconds(lambda: generating._run(command), 3),
        items=generating.TABLES,
        peer="dbt-osmosis yaml refactor",
        peer_seconds=peer,
    )


class Project:
    """A dbt project whose models were generated, described in many files, and edited by hand since."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.options = ProjectOptions(project_dir=root)
        self.address = f"file:{root / 'estate.json'}"

    def make(self) -> None:
        """Write the project and the catalog, which says more than the project in some places."""
        (self.root / "dbt_project.yml").write_text("name: estate\nprofile: estate\n", encoding="utf-8")
        write_catalog(catalog("dictionary", MODELS, COLUMNS, changed_every=CHANGED), self.root / "estate.json")
        self._generate(catalog("dictionary", MODELS, COLUMNS))

    def _generate(self, before: Catalog) -> None:
        how = GenerationOptions()
        made = generated_from(before, how)
        write_files([file for file in made.files if file.path.endswith(".sql")], self.root, how.into)
        for file in made.files:
            if file.path.endswith("__models.yml"):
                self._split(file.text, self.root / file.path)
            elif file.path.endswith(".yml"):
                (self.root / file.path).write_text(_by_hand(file.text), encoding="utf-8", newline="\n")

    def _split(self, text: str, path: Path) -> None:
        """The models of one generated file, in several."""
        head, *entries = text.split("\n  - name: ")
        each = MODELS // FILES
        for at in range(0, len(entries), each):
            part = head + "".join(f"\n  - name: {entry}" for entry in entries[at : at + each])
            target = path.with_name(f"_{at // each}.yml")
            target.write_text(_by_hand(part.rstrip("\n") + "\n"), encoding="utf-8", newline="\n")

    def check(self) -> Sync:
        """Read the catalog, generate, read every file, and say what would change."""
        found = find_sync(self.address, ObjectFilter(include=("*",)), GenerationOptions(), self.options)
        assert not list(found.refusals), next(found.refusals)
        return found

    def megabytes(self) -> float:
        """What one run takes of memory at most, in a process of its own."""
        script = Path(__file__).resolve()
        run = [sys.executable, str(script), str(self.root)]
        done = subprocess.run(run, check=True, capture_output=True, text=True, env=os.environ)
        return float(done.stdout)


def _by_hand(text: str) -> str:
    """Descriptions and comments that somebody wrote, so that no file is what would be generated."""
    text = text.replace('description: "column 1 of', 'description: "What it says, column 1 of')
    text = re.sub(r"^( +)columns:$", r"\1# reviewed\n\1columns:", text, flags=re.MULTILINE)
    return re.sub(r"^( +- name: COL_7)$", r"\n\1", text, flags=re.MULTILINE)


if __name__ == "__main__":
    import resource

    Project(Path(sys.argv[1])).check()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
