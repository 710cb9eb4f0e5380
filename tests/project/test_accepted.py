"""Accepted findings: a file that people review, and that only shrinks."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbee_dbt.model.errors import AcceptedError
from dbee_dbt.model.findings import Finding, Validation, Waived
from dbee_dbt.model.fingerprint import with_fingerprints
from dbee_dbt.project.accepted import accepted_text, check_replaceable, read_accepted, with_accepted
from tests.report.findings.hostile import ALL_NASTY, findings, presented

SOME = st.lists(findings(), max_size=6)


def validation(*found: Finding) -> Validation:
    return msgspec.structs.replace(presented(found).validation, not_read=(), no_longer_found=())


def accept(found: Validation, folder: Path) -> dict[str, str]:
    file = folder / "accepted.txt"
    file.write_text(accepted_text(found), encoding="utf-8")
    return read_accepted(file)


@given(SOME)
def test_what_was_accepted_fails_no_more_but_what_nobody_saw_does(
    tmp_path_factory: pytest.TempPathFactory, found: list[Finding]
) -> None:
    now = validation(*found)
    lines = accept(now, tmp_path_factory.mktemp("accepted"))
    after = with_accepted(now, lines, is_whole=True)
    assert after.no_longer_found == ()
    assert {finding.kind for finding in after.findings} <= {"accepted", "waived", "not checked", "info"}
    assert after.failed == (after.counts["not checked"] > 0)
    assert sum(after.counts.values()) == len(found)


@given(SOME, SOME)
def test_only_new_findings_fail_and_those_that_are_gone_are_told(
    tmp_path_factory: pytest.TempPathFactory, before: list[Finding], after: list[Finding]
) -> None:
    lines = accept(validation(*before), tmp_path_factory.mktemp("accepted"))
    now = validation(*after)
    judged = with_accepted(now, lines, is_whole=True)
    current = {finding.fingerprint for finding in now.findings}
    assert judged.no_longer_found == tuple(line for mark, line in lines.items() if mark not in current)
    for finding in judged.findings:
        assert not finding.accepted or finding.fingerprint in lines
    assert with_accepted(now, lines, is_whole=False).no_longer_found == ()


@given(SOME, st.randoms())
def test_the_file_is_the_same_in_whatever_order_things_are_found_and_wherever_they_stand(
    found: list[Finding], random: object
) -> None:
    unique = list({with_fingerprints([finding])[0].fingerprint: finding for finding in found}.values())  # none alike
    moved = [msgspec.structs.replace(finding, file="elsewhere.yml", line=99) for finding in unique]
    random.shuffle(moved)  # type: ignore[attr-defined]
    assert accepted_text(validation(*moved)) == accepted_text(validation(*unique))


def test_a_line_is_for_people_and_stays_a_line() -> None:
    text = accepted_text(validation(*ALL_NASTY.validation.findings))
    assert len(text.splitlines()) == 1 + len(ALL_NASTY.validation.findings)
    finding = ALL_NASTY.validation.findings[-1]
    assert f"{finding.fingerprint} column_type model.shop.ÄÖ 表 ÄÖ 表: expected ÄÖ 表, found ÄÖ 表\n" in text


def test_a_finding_is_another_when_what_is_found_is_another() -> None:
    one = ALL_NASTY.validation.findings[0]
    marks = {
        finding.fingerprint
        for change in ({}, {"actual": "x"}, {"expected": None}, {"expected": ""}, {"column": None}, {"rule": "x"})
        for finding in with_fingerprints([msgspec.structs.replace(one, **change)])
    }
    assert len(marks) == 6
    same = ({"object": "DEV.x"}, {"severity": "warn"}, {"line": 5, "file": "b"}, {"fix": None}, {"downstream": ("a",)})
    assert {with_fingerprints([msgspec.structs.replace(one, **change)])[0].fingerprint for change in same} == {
        with_fingerprints([one])[0].fingerprint
    }


def test_an_expired_waiver_and_a_waived_finding_are_not_accepted() -> None:
    one = ALL_NASTY.validation.findings[0]
    waived = msgspec.structs.replace(one, waived=Waived("known", "finance", "2027-01-31"))
    expired = msgspec.structs.replace(one, rule="waiver_expired")
    assert len(accepted_text(validation(waived, expired)).splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"# head\n\nnonsense\n", ":3: the line begins with no fingerprint"),
        (b"0123456789abcdef0 x\n", ":1: the line begins with no fingerprint"),
        (b"\xff\xfe\n", "it is not UTF-8"),
        (None, "there is no file of accepted findings"),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "accepted.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(AcceptedError, match="DBEE-406") as error:
        read_accepted(file)
    assert said in str(error.value)


def test_line_ends_of_windows_are_fine(tmp_path: Path) -> None:
    (tmp_path / "accepted.txt").write_bytes(b"# x\r\n0123456789abcdef column_type a b\r\n")
    assert list(read_accepted(tmp_path / "accepted.txt")) == ["0123456789abcdef"]


def test_a_byte_order_mark_is_fine(tmp_path: Path) -> None:
    (tmp_path / "accepted.txt").write_bytes(b"\xef\xbb\xbf# x\n0123456789abcdef column_type a b\n")
    assert list(read_accepted(tmp_path / "accepted.txt")) == ["0123456789abcdef"]


@pytest.mark.parametrize("content", [b"name: shop\nvars: {}\n", b"# a comment\n", b"\xff\xfe\x00"])
def test_a_file_of_something_else_is_not_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "dbt_project.yml").write_bytes(content)
    with pytest.raises(AcceptedError, match="--accept would replace it"):
        check_replaceable(tmp_path / "dbt_project.yml")


@pytest.mark.parametrize(
    "content", [b"", b"\n", accepted_text(presented(()).validation).encode(), b"<<<<<<<\n0123456789abcdef x\n"]
)
def test_a_damaged_file_of_accepted_findings_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "accepted.txt").write_bytes(content)
    check_replaceable(tmp_path / "accepted.txt")
    check_replaceable(tmp_path / "none.txt")
