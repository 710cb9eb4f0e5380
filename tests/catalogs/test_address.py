"""How a catalog is named."""

from __future__ import annotations

import pytest

from dbee_dbt.catalogs.address import Address, parse_address, target_of
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


@pytest.mark.parametrize(
    ("name", "option", "target"),
    [("", None, None), ("prod", None, "prod"), ("", "prod", "prod"), ("prod", "prod", "prod")],
)
def test_the_target_of_an_address(name: str, option: str | None, target: str | None) -> None:
    assert target_of(Address("td", name), option) == target


def test_two_different_targets_are_refused() -> None:
    with pytest.raises(AddressError, match=r"'prod'.*'dev'"):
        target_of(Address("td", "prod"), "dev")
