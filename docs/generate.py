"""Write the pages and sections that are made from the code: `make docs`.

usage: python docs/generate.py [--without-demo]
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from dbee_dbt.bteq.rule_page import rules_page as bteq_rules_page
from dbee_dbt.emulator.allow_list import page
from dbee_dbt.model.facets import BOTH, DICTIONARY, FACETS, Facet
from dbee_dbt.project.rule_page import rules_page
from dbee_dbt.report.findings.json import schema_json

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Write what differs; run the demo last, since it takes a minute."""
    for name, text in generated().items():
        if (ROOT / name).read_text(encoding="utf-8") != text:
            (ROOT / name).write_text(text, encoding="utf-8", newline="\n")
            print(f"{name} written")
    if "--without-demo" not in sys.argv:
        demo = [sys.executable, str(ROOT / "integration_tests" / "demo.py"), "--write-readme"]
        sys.exit(subprocess.run(demo, check=False).returncode)


def generated() -> dict[str, str]:
    """Whole text of every page that is made, or holds a section that is made, from the code."""
    return {name: make(ROOT / name) for name, make in _PAGES.items()}


def _drift(file: Path) -> str:
    return _with_section(file.read_text(encoding="utf-8"), "facets", facet_table())


def facet_table() -> str:
    """The facet table as people read it."""
    rows = "\n".join(f"| `{facet.path}` | {_sources(facet)} |" for facet in FACETS)
    return f"## Facets\n\nWhat is compared, and which source tells it.\n\n| facet | told by |\n|---|---|\n{rows}\n"


def _sources(facet: Facet) -> str:
    if facet.sources == BOTH:
        return "DDL and the dictionary"
    return "the dictionary" if facet.sources == DICTIONARY else "DDL"


def _with_section(text: str, name: str, section: str) -> str:
    """The text with what stands between the marks of a section replaced."""
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
    head, _, rest = text.partition(begin)
    return head + begin + section + end + rest.partition(end)[2]


_PAGES: dict[str, Callable[[Path], str]] = {
    "dbee_dbt/report/findings/validate.schema.json": lambda _: schema_json(),
    "docs/rules.md": lambda _: rules_page(),
    "docs/bteq-rules.md": lambda _: bteq_rules_page(),
    "docs/emulator-allow-list.md": lambda _: page(),
    "docs/drift.md": _drift,
}


if __name__ == "__main__":
    main()
