"""How a catalog is named."""

from __future__ import annotations

import pytest

from dbee_dbt.catalogs.address import Address, parse_address, system_of
from dbee_dbt.model.environment import Environment
from dbee_dbt.model.errors import AddressError


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("", Address("td", "")),
        ("td:", Address("td", "")),
        ("td:prod", Address("td", "prod")),
        ("dir:warehouse", Address("dir", "warehouse")),
        ("dir:C:\\warehouse", Address("dir", "C:\\warehouse")),
        ("file:prod.json.gz", Address("file", "prod.json.gz")),
    ],
)
def test_an_address_is_taken_apart(text: str, address: Address) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize("text", ["git:main", "pkg:release.zip"])
def test_a_form_of_a_later_version_is_refused_by_name(text: str) -> None:
    with pytest.raises(AddressError, match="not available in this version"):
        parse_address(text)


@pytest.mark.parametrize("text", ["prod", "prod.json", "td", "dir:", "file:", "http://x", "dir", "DIR:x"])
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(AddressError):
        parse_address(text)


ENVIRONMENTS = {"test": Environment(name="test", target="dev"), "prod": Environment(name="prod", target="live")}


@pytest.mark.parametrize(
    ("name", "option", "target", "environment"),
    [
        ("", None, None, None),
        ("other", None, "other", None),
        ("", "other", "other", None),
        ("other", "other", "other", None),
        ("test", None, "dev", "test"),
        ("test", "dev", "dev", "test"),
        ("prod", None, "live", "prod"),
    ],
)
def test_the_system_of_an_address(name: str, option: str | None, target: str | None, environment: str | None) -> None:
    found = system_of(Address("td", name), option, ENVIRONMENTS)
    assert (found.target, found.environment) == (target, ENVIRONMENTS.get(environment or ""))


@pytest.mark.parametrize(("name", "option"), [("other", "dev"), ("prod", "prod"), ("test", "other")])
def test_two_different_targets_are_refused(name: str, option: str) -> None:
    with pytest.raises(AddressError, match=r"names the target '.*' and --target names"):
        system_of(Address("td", name), option, ENVIRONMENTS)
