"""The formats by name."""

from __future__ import annotations

from collections.abc import Callable

from dbee_dbt.report.findings.github import findings_github
from dbee_dbt.report.findings.gitlab import findings_gitlab
from dbee_dbt.report.findings.json import findings_json
from dbee_dbt.report.findings.junit import findings_junit
from dbee_dbt.report.findings.markdown import findings_markdown
from dbee_dbt.report.findings.presented import Presented
from dbee_dbt.report.findings.sarif import findings_sarif
from dbee_dbt.report.findings.text import findings_text

FORMATS: dict[str, Callable[[Presented], str]] = {
    "text": findings_text,
    "json": findings_json,
    "sarif": findings_sarif,
    "junit": findings_junit,
    "github": findings_github,
    "gitlab": findings_gitlab,
    "markdown": findings_markdown,
}
"""Each gives the whole report, with a final line end."""
