"""The dbt profile, read by dbt's own code."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from dbee_dbt.model.errors import ConfigurationError
from dbee_dbt.session.options import ProjectOptions
from dbee_dbt.session.profile import load_target, macro_variables
from tests.session.projects import write_project


@pytest.fixture
def options(tmp_path: Path) -> ProjectOptions:
    return write_project(tmp_path)


def test_the_default_target_is_the_emulator_of_the_project(options: ProjectOptions) -> None:
    target = load_target(options)
    assert (target.name, target.adapter, target.database, target.mode) == ("dev", "dbee", "SALES", "ANSI")
    assert Path(target.arguments["path"]) == options.root / "shop.duckdb"


def test_every_key_of_a_logon_reaches_the_driver(options: ProjectOptions) -> None:
    target = load_target(replace(options, target="prod"))
    assert target.arguments == {
        "host": "127.0.0.1", "dbs_port": "1", "user": "etl", "password": "s3cret'pass", "tmode": "TERA",
        "logmech": "LDAP", "logdata": "l0gdata", "sslmode": "VERIFY-FULL", "connect_timeout": 2000,
    }  # fmt: skip
    assert target.mode == "TERA"


def test_a_target_shows_no_secret(options: ProjectOptions) -> None:
    target = load_target(replace(options, target="prod"))
    assert target.secrets == {"s3cret'pass", "l0gdata"}
    assert not any(secret in repr(target) for secret in target.secrets)


def test_a_password_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBT_ENV_SECRET_PASSWORD", "hush")
    profile = """{target: a, outputs: {a: {type: teradata, host: h, schema: s, user: u,
        password: "{{ env_var('DBT_ENV_SECRET_PASSWORD') }}"}}}"""
    assert load_target(write_project(tmp_path, profiles=f"shop: {profile}")).arguments["password"] == "hush"


def test_wrong_target(options: ProjectOptions) -> None:
    with pytest.raises(
        ConfigurationError, match=r"does not have a target named 'pord'.* - dev - prod - other"
    ) as raised:
        load_target(replace(options, target="pord"))
    assert raised.value.file == str(options.root / "profiles.yml")


def test_no_profile(tmp_path: Path) -> None:
    options = write_project(tmp_path, profiles="other: {outputs: {}}")
    with pytest.raises(ConfigurationError, match="Could not find profile named 'shop'"):
        load_target(options)


def test_no_profiles_file(tmp_path: Path) -> None:
    options = write_project(tmp_path)
    with pytest.raises(ConfigurationError, match="Could not find profile named 'shop'"):
        load_target(replace(options, profiles_dir=tmp_path / "nowhere"))


def test_no_project(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"no dbt_project\.yml"):
        load_target(ProjectOptions(project_dir=tmp_path))


def test_a_profile_needs_no_project_when_it_is_named(tmp_path: Path) -> None:
    options = write_project(tmp_path)
    found = load_target(replace(options, project_dir=tmp_path / "elsewhere", profile="shop", target="prod"))
    assert found.user == "etl"


def test_a_target_of_another_database(tmp_path: Path) -> None:
    profile = "shop: {target: a, outputs: {a: {type: sqlserver, host: h}}}"
    with pytest.raises(ConfigurationError, match="sqlserver"):
        load_target(write_project(tmp_path, profiles=profile))


def test_a_profile_that_dbt_refuses(tmp_path: Path) -> None:
    profile = "shop: {target: a, outputs: {a: {type: teradata, host: h, user: u, schema: s}}}"
    with pytest.raises(ConfigurationError, match=r"(?s)password.*must be specified"):
        load_target(write_project(tmp_path, profiles=profile))


def test_variables_of_the_project_and_of_the_command_line(tmp_path: Path) -> None:
    project = "vars:\n  dbee: {dictionary: V}\n  dbee_dbt: {use_qvci: true}\n  other: 1\n"
    options = replace(write_project(tmp_path, project), variables={"other": 2})
    found = macro_variables(options)
    assert (found["dbee"], found["use_qvci"], found["other"]) == ({"dictionary": "V"}, True, 2)


def test_without_a_project_only_the_command_line_has_variables(tmp_path: Path) -> None:
    assert macro_variables(ProjectOptions(project_dir=tmp_path, variables={"a": 1})) == {"a": 1}


def test_dbt_s_own_settings_are_left_as_they_were(options: ProjectOptions) -> None:
    from dbt import flags

    before = flags.get_flags()
    load_target(options)
    assert flags.get_flags() is before
