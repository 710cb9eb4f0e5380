"""Findings with names that try to leave the format they are written in."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from dbee_dbt.model.findings import Checked, Finding, NotRead, RuleHelp, Validation, Waived
from dbee_dbt.model.fingerprint import with_fingerprints
from dbee_dbt.report.findings.presented import Presented

NASTY = [
    "a\n::error file=x::owned",
    "##[set-env name=PATH]/tmp",
    "100%0A::warning::x",
    "x,file=/etc/passwd:1::y",
    "</code><script>alert(1)</script>",
    "]]><failure/>&amp;",
    "`a``b` | \\| c @admin #1 http://evil.example www.evil.example [x](y) ![z](w)",
    "\x1b[31m\u202eab\u200b\x00\x07\x85\u2028",
    "[link](1) {0} \\[ {{",
    "\ud800 \ufffe \uffff \ufdd0 \U0001f600",
    "- [ ] # * _ ~~ \t <!-- -->",
    "   ",
    "`",
    "\r\n",
    "ÄÖ 表",
]
TEXT = st.one_of(st.sampled_from(NASTY), st.text(min_size=1, max_size=20))


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """One finding of any kind."""
    maybe: Any = st.one_of(st.none(), TEXT)
    return Finding(
        rule=draw(st.sampled_from(["column_type", "relation_missing", "own`rule"])),
        severity=draw(st.sampled_from(["error", "warn", "info"])),
        status=draw(st.sampled_from(["failed", "failed", "not checked"])),
        node=draw(st.one_of(st.none(), TEXT.map(lambda name: f"model.shop.{name}"))),
        object=draw(TEXT),
        column=draw(maybe),
        expected=draw(maybe),
        actual=draw(TEXT),
        fix=draw(maybe),
        downstream=draw(st.sampled_from([(), ("model.shop.below",)])),
        waived=draw(st.one_of(st.none(), st.builds(Waived, TEXT, TEXT, st.just("2027-01-31")))),
        accepted=draw(st.booleans()),
        file=draw(maybe),
        line=draw(st.sampled_from([None, 7])),
    )


def presented(found: tuple[Finding, ...], **given: Any) -> Presented:
    """A report of these findings, counted."""
    marked = with_fingerprints(found)
    counts = dict.fromkeys(("error", "warn", "info", "not checked", "waived", "accepted"), 0)
    for finding in marked:
        counts[finding.kind] += 1
    validation = Validation(
        against="dir:ddl",
        checked=Checked(3, 7, ("column_type", "never_fails", "relation_missing")),
        findings=marked,
        counts=counts,
        not_compared={"column.charset": 2},
        overridden=(NASTY[0],),
        not_read=(NotRead(NASTY[1], NASTY[4], 3), NotRead("no place")),
        warnings=(NASTY[2],),
        no_longer_found=(NASTY[6],),
        failed=True,
    )
    helps = (
        RuleHelp("column_type", "error", "A type: {0} [x](y).\n\nMore `code`."),
        RuleHelp("never_fails", "off", ""),
    )
    return Presented(**{"validation": validation, "folder": "dbt/my shop/", "rules": helps, **given})


@st.composite
def reports(draw: st.DrawFn) -> Presented:
    """A report of a few findings, two of them alike."""
    found = draw(st.lists(findings(), max_size=5))
    return presented((*found, *found[:1]))


ALL_NASTY = presented(
    tuple(
        Finding(
            rule="column_type",
            severity="error",
            status="failed",
            node=f"model.shop.{text}",
            object=text,
            column=text,
            expected=text,
            actual=text,
            fix=text,
            downstream=(),
            file=text,
            line=1,
        )
        for text in NASTY
    )
)
