"""A repository with a dbt project in a folder, and a folder of DDL that is not as the project says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from dbee_dbt.bridge.package_root import dbt_package_root

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/ci.md"
FILES = {
    "dbt_project.yml": "name: shop\nversion: '1.0'\nprofile: shop\nflags: {send_anonymous_usage_stats: false}\n",
    "profiles.yml": "shop: {target: dev, outputs: {dev: {type: dbee, path: system.duckdb, schema: SALES}}}\n",
    ".gitignore": "target/\nlogs/\n",
    "ddl/sales.sql": "CREATE DATABASE SALES AS PERM = 1e6;\n"
    "CREATE MULTISET TABLE SALES.ORDERS, NO FALLBACK (ID BIGINT NOT NULL, AMOUNT DECIMAL(18,4)) PRIMARY INDEX (ID);\n",
    "models/orders.sql": "select cast(1 as bigint) as id, cast(2 as decimal(18,2)) as amount\n",
    "models/orders.yml": """\
models:
  - name: orders
    config: {materialized: table}
    columns:
      - {name: id, data_type: bigint}
      - {name: amount, data_type: "decimal(18,2)"}
""",
}


def write_shop(folder: Path) -> Path:
    """Write the project; it is parsed by nobody yet."""
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    return folder


def environment(**more: str) -> dict[str, str]:
    """That of the tests, with the commands of this Python first, and the package as it is here."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "CI_", "GIT_"))}
    package = str(dbt_package_root())
    return {
        **kept,
        "PATH": path,
        "PYTHONPATH": package,
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "NO_COLOR": "1",
        **more,
    }


def bash(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A script as runners run it: it ends at the first command that fails."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env=environment(**variables),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def is_shown(output: str) -> bool:
    """True where docs/ci.md shows these lines as they are, whatever the number of rules."""
    page, shown = (re.sub(r"\d+ rules", "n rules", text) for text in (PAGE.read_text(encoding="utf-8"), output))
    return f"\n{shown.strip()}\n" in page
