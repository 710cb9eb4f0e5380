"""How a catalog is named on the command line, everywhere the same."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dbee_dbt.model.errors import AddressError

Form = Literal["td", "dir", "file"]

LATER = {"git": "a Git revision", "pkg": "a package"}
_HINT = "Write td:NAME (a target of the dbt profile), dir:PATH (a folder of DDL) or file:PATH (a saved catalog)."


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


def target_of(address: Address, target: str | None) -> str | None:
    """Which dbt target a ``td:`` address means.

    Args:
        address: an address of form ``td``.
        target: what ``--target`` says, or None.

    Returns:
        the target's name; None for the profile's default.

    Raises:
        AddressError: the address and ``--target`` name two different targets.
    """
    if address.name and target and address.name != target:
        raise AddressError(
            f"the address names the target {address.name!r} and --target names {target!r}",
            subject=address.text,
            hint="Give one of the two, or td: alone for the active target.",
        )
    return address.name or target
