"""`--changed-since`: on a real repository and a real manifest, the scenarios of changed.yml."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from ruamel.yaml import YAML

from dbee_dbt.cli.main import cli
from dbee_dbt.model.errors import DbeeError, GitError, UsageError
from dbee_dbt.project.changed import changed_nodes
from dbee_dbt.project.git import changes_since, file_at
from dbee_dbt.project.manifest import RELATIONAL, load_manifest
from dbee_dbt.session.options import ProjectOptions

pytestmark = [pytest.mark.dbt, pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")]

SCENARIOS = YAML(typ="safe", pure=True).load(Path(__file__).with_name("changed.yml").read_text(encoding="utf-8"))
PROJECT = {
    "dbt_project.yml": "name: shop\nversion: '1.0'\nprofile: shop\nflags: {send_anonymous_usage_stats: false}\n",
    "profiles.yml": "shop: {target: dev, outputs: {dev: {type: dbee, path: system.duckdb, schema: SHOP}}}\n",
    ".gitignore": "target/\nlogs/\n",
    "README.md": "shop\n",
    "ddl/a b.sql": "CREATE DATABASE SHOP AS PERM = 1;\n",
    "models/sources.yml": "sources: [{name: raw, schema: RAW, tables: [{name: orders}]}]\n",
    "models/users.yml": "sources: [{name: raw_users, schema: RAW, tables: [{name: users}]}]\n",
    "models/stg_orders.sql": "select {{ cents() }} as c from {{ source('raw', 'orders') }}\n",
    "models/stg_users.sql": "select 1 as x from {{ source('raw_users', 'users') }}\n",
    "models/mart.sql": "select * from {{ ref('stg_orders') }}\n",
    "models/other.sql": "select 1 as x\n",
    "models/mart.md": "{% docs mart %}What finance reads.{% enddocs %}\n",
    "models/models.yml": "models: [{name: stg_orders}, {name: mart, description: '{{ doc(\"mart\") }}'}]\n",
    "models/other.yml": "models: [{name: other, description: x}]\n",
    "seeds/countries.csv": "a\n1\n",
    "snapshots/users_history.sql": "{% snapshot users_history %}{{ config(unique_key='x', strategy='check', check_cols=['x'], schema='H')"
    " }}select 1 as x from {{ source('raw_users', 'users') }}{% endsnapshot %}\n",
    "macros/rounded.sql": "{% macro rounded() %}1{% endmacro %}\n",
    "macros/cents.sql": "{% macro cents() %}{{ rounded() }}{% endmacro %}\n",
    "macros/unused.sql": "{% macro unused() %}1{% endmacro %}\n",
    "macros/generate_schema_name.sql": "{% macro generate_schema_name(name, node) %}{{ target.schema }}{% endmacro %}\n",
    "macros/own.sql": "{% macro dbee_about__own() %}{{ return({'facets': []}) }}{% endmacro %}\n"
    "{% macro dbee_rule__own(subject, options) %}{{ return([]) }}{% endmacro %}\n",
    "tests/check.sql": "select 1 as x where 1 = 0\n",
}
ONLY_IN_GIT = {"models/old/countries.sql": "select 1 as x\n", "models/broken.yml": "models: [\n"}


def git(*arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The project, below a repository, parsed by dbt; the branch `main` has it, and so has the branch checked out."""
    from dbt.cli.main import dbtRunner

    root = tmp_path_factory.mktemp("repository")
    folder = root / "dbt/shop"
    with chdir(root):
        for path, text in PROJECT.items():
            write(folder / path, text)
        with chdir(folder):
            assert dbtRunner().invoke(["--quiet", "parse"]).success
        for path, text in ONLY_IN_GIT.items():
            write(folder / path, text)
        git("init", "--quiet", "--initial-branch", "main")
        git("add", "--all")
        git("commit", "--quiet", "--message", "base")
        git("checkout", "--quiet", "-b", "branch")
    with chdir(folder):
        yield folder


@pytest.fixture
def branch(repository: Path) -> Iterator[Path]:
    yield repository
    git("reset", "--quiet", "--hard", "main")
    git("clean", "--quiet", "-d", "--force", "../..")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def do(step: str) -> None:
    """One step of a scenario: a verb and paths."""
    verb, _, rest = step.partition(" ")
    path = Path(rest)
    match verb:
        case "edit":
            path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8", newline="\n")
        case "add":
            write(path, "added\n")
        case "delete":
            path.unlink()
        case "rename":
            before, _, after = rest.partition(" ")
            Path(after).parent.mkdir(exist_ok=True)
            git("mv", before, after)
        case "forget":
            git("rm", "--quiet", "--cached", rest)
            git("commit", "--quiet", "--message", "forgotten")
        case "commit":
            git("add", "--all", ".")
            git("commit", "--quiet", "--message", "more")


def names(ids: frozenset[str]) -> list[str]:
    found = [key.split(".", 2) for key in ids if key.partition(".")[0] in RELATIONAL]
    return sorted(name.replace("raw_users.", "raw.") for _, _, name in found)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[each["name"] for each in SCENARIOS])
def test_a_scenario(branch: Path, scenario: dict[str, Any]) -> None:
    for step in scenario["do"]:
        do(step)
    found = changed_nodes(load_manifest(ProjectOptions()), "main", Path("ddl"))
    if scenario["changed"] == "all":
        assert (found.ids, found.reasons) == (None, (scenario["reason"],))
    else:
        assert found.reasons == ()
        assert found.ids is not None and names(found.ids) == sorted(scenario["changed"])


def test_it_counts_from_where_the_branch_left(branch: Path) -> None:
    git("checkout", "--quiet", "main")
    do("edit models/other.sql")
    do("commit")
    git("checkout", "--quiet", "branch")
    try:
        do("edit models/mart.sql")
        found = changed_nodes(load_manifest(ProjectOptions()), "main")
        assert found.ids is not None and names(found.ids) == ["mart"]
    finally:
        git("branch", "--force", "main", "main~1")


def test_what_stood_in_the_base_can_be_read(branch: Path) -> None:
    do("delete models/other.sql")
    changes = changes_since("main", branch)
    (change,) = changes.files
    assert change.after is None and change.before == "dbt/shop/models/other.sql"
    assert file_at(changes, change.before) == b"select 1 as x\n"


@pytest.mark.parametrize("revision", ["-x", "--output=pwned", ""])
def test_a_revision_that_is_an_option_is_refused(branch: Path, revision: str) -> None:
    with pytest.raises(UsageError):
        changes_since(revision, branch)
    assert not Path("pwned").exists()


@pytest.mark.parametrize("revision", ["nothing", "main..branch", "main:dbt", "a b", "^main", "\u202e"])
def test_a_revision_that_there_is_not(branch: Path, revision: str) -> None:
    with pytest.raises(GitError, match="DBEE-407") as error:
        changes_since(revision, branch)
    assert "there is no such revision" in str(error.value)


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="not a git repository"):
        changes_since("main", tmp_path)


def test_no_git(branch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(branch / "nowhere"))
    with pytest.raises(GitError, match="the git command cannot be run"):
        changes_since("main", branch)


def test_no_history_that_both_share(branch: Path) -> None:
    git("checkout", "--quiet", "--orphan", "alone")
    git("commit", "--quiet", "--allow-empty", "--message", "alone")
    try:
        with pytest.raises(GitError, match="share no history"):
            changes_since("main", branch)
    finally:
        git("checkout", "--quiet", "--force", "branch")
        git("branch", "-D", "alone")


def test_the_repository_chooses_no_program(branch: Path) -> None:
    write(Path("steal.sh"), "#!/bin/sh\ntouch stolen\n")
    Path("steal.sh").chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "diff.x.command", "diff.x.textconv"):
        git("config", key, "./dbt/shop/steal.sh")
    write(Path(".gitattributes"), "*.sql diff=x\n")
    try:
        do("edit models/other.sql")
        changes_since("main", branch)
        assert list(branch.parents[1].rglob("stolen")) == []
    finally:
        for key in ("core.fsmonitor", "diff.external", "diff.x.command", "diff.x.textconv"):
            git("config", "--unset", key)


def validate(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["validate", "--against", "dir:ddl", *arguments])


def test_from_the_command_line(branch: Path) -> None:
    result = validate("--changed-since", "main")
    assert result.exit_code == 0
    assert "no findings (0 nodes, 0 columns, 0 rules)" in result.output and "changed after main" in result.output
    do("edit models/stg_orders.sql")
    result = validate("--changed-since", "main")
    assert result.exit_code == 1 and "(2 nodes, " in result.output
    assert "(1 node, " in validate("--changed-since", "main", "--select", "mart").output
    assert "(0 nodes, " in validate("--changed-since", "main", "--select", "other").output
    do("edit dbt_project.yml")
    result = validate("--changed-since", "main")
    assert "everything is checked, since dbt_project.yml changed" in result.output and "(8 nodes, " in result.output


def test_what_cannot_be_asked_is_no_verdict(branch: Path) -> None:
    for arguments in (["--changed-since", "nothing"], ["--changed-since=-x"]):
        error = validate(*arguments).exception
        assert isinstance(error, DbeeError) and error.exit_code == 2
    error = validate("--changed-since", "main", "--accepted", "a.txt", "--accept").exception
    assert isinstance(error, UsageError) and "only a part of it is selected" in str(error)
