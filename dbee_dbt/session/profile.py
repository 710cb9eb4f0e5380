"""The dbt profile, read by dbt's own code, and what of it a connection needs."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from dbee_dbt.model.errors import ConfigurationError
from dbee_dbt.session.messages import masked
from dbee_dbt.session.options import ProjectOptions

ADAPTERS = ("teradata", "dbee")
PACKAGE = "dbee_dbt"
SETTINGS = "dbee"  # the variable that holds what a project sets for this tool
PROJECT_FILE = "dbt_project.yml"

# Keys of a connection that hold a secret, or may.
_SECRET = ("password", "logdata", "http_proxy_password", "https_proxy_password")


class Target(Struct, frozen=True, kw_only=True):
    """One target of a profile. Its text form holds no secret.

    Args:
        profile: the profile's name.
        name: the target's name.
        adapter: ``teradata`` or ``dbee``.
        database: the default database (dbt's ``schema``).
        query_band: the profile's query band, or "".
        arguments: keyword arguments of the driver's or the emulator's ``connect``, secrets included.
    """

    profile: str
    name: str
    adapter: str
    database: str
    query_band: str
    arguments: dict[str, Any]

    def __repr__(self) -> str:
        return f"Target({self.profile!r}, {self.name!r}, {self.adapter!r})"

    @property
    def host(self) -> str:
        """Where it lies: the host, or the emulator's file."""
        return str(self.arguments.get("path") if self.adapter == "dbee" else self.arguments.get("host"))

    @property
    def user(self) -> str | None:
        """The user that logs on; None where the logon mechanism decides."""
        found = self.arguments.get("user")
        return None if found is None else str(found)

    @property
    def mode(self) -> str | None:
        """The session mode that the profile asks for; None where the server decides."""
        mode = str(self.arguments.get("tmode", "")).upper()
        return mode if mode in ("ANSI", "TERA") else None

    @property
    def secrets(self) -> frozenset[str]:
        """Values that must never be shown."""
        return frozenset(str(self.arguments[key]) for key in _SECRET if self.arguments.get(key))


def load_target(options: ProjectOptions) -> Target:
    """Read the target that the options mean, as dbt would.

    Raises:
        ConfigurationError: no project, no profile of that name, no such target (the message lists those there are), a
            profile of another adapter, or one that dbt refuses.
    """
    from dbt.adapters.factory import get_adapter_class_by_name

    _check_project(options)
    with _read_by_dbt(options, profiles_folder(options) / "profiles.yml"):
        profile = _profile(options)
        adapter = str(profile.credentials.type)
        _refuse_other_adapter(adapter, profile)
        manager = get_adapter_class_by_name(adapter).ConnectionManager
        arguments = manager.get_connection_kwargs(profile.credentials)
    return Target(
        profile=profile.profile_name,
        name=profile.target_name,
        adapter=adapter,
        database=profile.credentials.schema,
        query_band=profile.credentials.query_band or "",
        arguments=arguments,
    )


def macro_variables(options: ProjectOptions) -> dict[str, Any]:
    """What ``var()`` answers in our macros: the project's variables, those under ``dbee_dbt``, and ``--vars`` on top.

    Without a project it is ``--vars`` alone.

    Raises:
        ConfigurationError: dbt refuses the project's files, or a variable of ours is no dictionary.
    """
    if not (options.root / PROJECT_FILE).is_file():
        return _checked(dict(options.variables), "--vars")
    from dbt.config.runtime import UnsetProfile, load_project

    file = options.root / PROJECT_FILE
    with _read_by_dbt(options, file):
        project = load_project(str(options.root), False, UnsetProfile(), options.variables, require_vars=False)
    found = _checked(dict(project.vars.to_dict()), str(file))
    return _checked({**found, **found.get(PACKAGE, {}), **options.variables}, str(file))


def _checked(variables: dict[str, Any], file: str) -> dict[str, Any]:
    """The variables, where those of ours are dictionaries."""
    for name in (SETTINGS, PACKAGE):
        if not isinstance(variables.get(name) or {}, dict):
            raise ConfigurationError(
                f"the variable {name} is not a dictionary",
                file=file,
                hint="docs/rules.md shows what it may hold." if name == SETTINGS else None,
            )
    return variables


def _check_project(options: ProjectOptions) -> None:
    """Read dbt_project.yml before the profile, so that an error is told of the file that it is in.

    Raises:
        ConfigurationError: it cannot be read, or names no profile and none is given.
    """
    from dbt.config.project import load_raw_project

    file = options.root / PROJECT_FILE
    if not file.is_file():
        return
    with _read_by_dbt(options, file):
        names_profile = load_raw_project(str(options.root)).get("profile")
    if not names_profile and not options.profile:
        raise ConfigurationError(
            "the project names no profile", file=str(file), hint="Write `profile: NAME` into it, or give --profile."
        )


def _profile(options: ProjectOptions) -> Any:
    from dbt.config.profile import Profile
    from dbt.config.renderer import ProfileRenderer
    from dbt.config.runtime import load_profile

    if options.profile and not (options.root / PROJECT_FILE).exists():
        renderer = ProfileRenderer(options.variables)
        return Profile.render(renderer, None, options.profile, options.target)
    return load_profile(str(_project_root(options)), options.variables, options.profile, options.target)


def _project_root(options: ProjectOptions) -> Path:
    if not (options.root / PROJECT_FILE).is_file():
        raise ConfigurationError(
            "there is no dbt_project.yml here, so no profile is named",
            file=str(options.root),
            hint="Run in the dbt project's folder, or give --project-dir, or --profile and --profiles-dir.",
        )
    return options.root


def profiles_folder(options: ProjectOptions) -> Path:
    """The folder of profiles.yml, chosen as dbt does: given, the working directory, or ``~/.dbt``."""
    if options.profiles_dir is not None:
        return options.profiles_dir
    return Path.cwd() if Path("profiles.yml").exists() else Path.home() / ".dbt"


# What dbt's reader raises, besides its own errors, on files that are no text or have another form than it expects.
_UNEXPECTED = (OSError, UnicodeError, TypeError, AttributeError, LookupError, ValueError)


@contextmanager
def _read_by_dbt(options: ProjectOptions, file: Path) -> Iterator[None]:
    """dbt reads this file; whatever it refuses is a ConfigurationError that names the file."""
    from dbt_common.exceptions import DbtBaseException

    try:
        with _dbt(options):
            yield
    except DbtBaseException as error:
        raise _refused(error, file) from error
    except _UNEXPECTED as error:  # its text may hold a value of the file, and so a secret
        what = "the file is not UTF-8" if isinstance(error, UnicodeError) else "the file has no form that dbt reads"
        raise ConfigurationError(what, file=str(file), hint="docs.getdbt.com describes what it may hold.") from error


@contextmanager
def _dbt(options: ProjectOptions) -> Iterator[None]:
    """dbt keeps its flags, its log and the environment in globals; set what reading a profile needs, then restore.

    It logs nowhere meanwhile: our output is not its own, and a log may hold what a profile keeps secret.
    """
    from dbt_common.context import set_invocation_context
    from dbt_common.events import event_manager_client
    from dbt_common.events.event_manager import EventManager

    from dbt import flags

    before, events = flags.get_flags(), event_manager_client.get_event_manager()
    event_manager_client.ctx_set_event_manager(EventManager())
    set_invocation_context(os.environ)
    flags.set_flags(
        Namespace(
            **{
                **vars(before),
                "PROFILES_DIR": str(profiles_folder(options)),
                "PROJECT_DIR": str(options.root),
                "LOG_CACHE_EVENTS": False,
                "TARGET_PATH": None,
                "LOG_PATH": "logs",
                "show_all_deprecations": False,
            }
        )
    )
    try:
        yield
    finally:
        flags.set_flags(before)
        event_manager_client.ctx_set_event_manager(events)


def _refuse_other_adapter(adapter: str, profile: Any) -> None:
    if adapter not in ADAPTERS:
        raise ConfigurationError(
            f"the target {profile.target_name!r} is of type {adapter!r}, which is no Teradata",
            subject=f"profile {profile.profile_name}",
            hint="Use a target of type teradata, or of type dbee (the emulator).",
        )


def _refused(error: Exception, file: Path) -> ConfigurationError:
    """dbt's own words (it lists the targets there are), without what the environment keeps secret."""
    secrets = frozenset(
        value for key, value in os.environ.items() if key.startswith("DBT_ENV_SECRET") and value.strip()
    )
    words = " ".join(str(error).split()).removeprefix("Runtime Error ")
    return ConfigurationError(
        masked(words, secrets), file=str(file), hint="dbt debug shows how dbt reads the same files."
    )
