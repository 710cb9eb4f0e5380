"""How a catalog is named on the command line, everywhere the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from dbee_dbt.model.environment import Environment
from dbee_dbt.model.errors import AddressError

Form = Literal["td", "dir", "file"]

LATER = {"git": "a Git revision", "pkg": "a package"}
_HINT = "Write td:NAME (an environment or dbt target), dir:PATH (a folder of DDL) or file:PATH (a saved catalog)."


class Address(Struct, frozen=True):
    """An address, taken apart.

    Args:
        form: which kind of place.
        name: of ``td``: the environment or dbt target, ``""`` for the active one; else the path as written.
    """

    form: Form
    name: str

    @property
    def text(self) -> str:
        """The address as it is shown."""
        return f"{self.form}:{self.name}"


def parse_address(text: str) -> Address:
    """Take an address apart.

    Args:
        text: ``td:NAME``, ``td:``, ``dir:PATH`` or ``file:PATH``; ``""`` stands for ``td:``.

    Raises:
        AddressError: another form, one of a later version, or a path that is missing.
    """
    form, colon, name = text.partition(":")
    if "\0" in text:
        raise AddressError("an address holds no zero byte", subject=text, hint=_HINT)
    match form:
        case "":
            return Address("td", "")
        case "td" if colon:
            return Address("td", name)
        case "dir" | "file" if name:
            return Address(form, name)
        case "dir" | "file":
            raise AddressError("the address has no path", subject=text, hint=_HINT)
        case "git" | "pkg" if colon:
            raise AddressError(f"{LATER[form]} as a catalog is not available in this version", subject=text, hint=_HINT)
    raise AddressError("this is no catalog address", subject=text, hint=_HINT)


class System(Struct, frozen=True):
    """Which system a ``td:`` address means.

    Args:
        target: the dbt target that leads to it; None for the profile's default.
        environment: the environment of dbee.yml that was named, or None.
    """

    target: str | None
    environment: Environment | None = None


def system_of(address: Address, target: str | None, environments: Mapping[str, Environment]) -> System:
    """Which system a ``td:`` address means: the environment of that name, else the dbt target.

    Args:
        address: an address of form ``td``.
        target: what ``--target`` says, or None.
        environments: those of dbee.yml, by name.

    Raises:
        AddressError: the address and ``--target`` name two different targets.
    """
    environment = environments.get(address.name)
    named = environment.target if environment else address.name
    if named and target and named != target:
        raise AddressError(
            f"the address names the target {named!r} and --target names {target!r}",
            subject=address.text,
            hint="Give one of the two, or td: alone for the active target.",
        )
    return System(named or target, environment)
