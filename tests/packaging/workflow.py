"""Run by the Python of an installed dbee-dbt: the whole workflow in the working directory, in one process.

Prints one JSON object: the exit code of each step, where the dbt package lies, the files that modules came from, and
every file that was opened.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

OPENED: set[str] = set()


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str):
        OPENED.add(arguments[0])


sys.addaudithook(_note)

TABLES = """
CREATE DATABASE SHOP AS PERMANENT = 1e6;
CREATE MULTISET TABLE SHOP.ORDERS (
    ORDER_ID INTEGER NOT NULL,
    CUSTOMER VARCHAR(40) CHARACTER SET UNICODE,
    AMOUNT DECIMAL(12,2),
    PLACED DATE FORMAT 'YYYY-MM-DD'
) UNIQUE PRIMARY INDEX (ORDER_ID);
INSERT INTO SHOP.ORDERS VALUES (1, 'Ada', 10.50, DATE '2024-01-31');
INSERT INTO SHOP.ORDERS VALUES (2, 'Grace', 7.25, DATE '2024-02-29');
COMMENT ON TABLE SHOP.ORDERS AS 'What was ordered';
"""

FILES = {
    "shop.sql": TABLES,
    "dbt_project.yml": "name: shop\nprofile: shop\nversion: 1.0\nflags: {send_anonymous_usage_stats: false}\n",
    "profiles.yml": "shop:\n  target: dev\n  outputs:\n    dev: {type: dbee, path: shop.duckdb, schema: shop_models}\n",
}


def dbee_dbt(*arguments: str) -> int:
    """Run one command of dbee-dbt; its exit code."""
    from dbee_dbt.cli.main import main

    try:
        main(list(arguments))
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def dbt(*arguments: str) -> int:
    """Run one command of dbt; 0 where it succeeded."""
    from dbt.cli.main import dbtRunner

    result = dbtRunner().invoke([*arguments, "--profiles-dir", "."])
    return 0 if result.success else 1


def steps() -> dict[str, int]:
    """The exit code of each step, in order."""
    from dbee_dbt.bridge.package_root import dbt_package_root

    for name, text in FILES.items():
        Path(name).write_text(text, encoding="utf-8")
    local = json.dumps(str(dbt_package_root()))
    Path("packages.yml").write_text(f"packages:\n  - local: {local}\n", encoding="utf-8")
    objects = ("--objects", "SHOP")
    return {
        "load": dbee_dbt("emulator", "run", "shop.duckdb", "shop.sql"),
        "deps": dbt("deps"),
        "generate": dbee_dbt("generate-models", "--from", "td:dev", *objects, "--into", "models/staging"),
        "build": dbt("build"),
        "run-operation": dbt("run-operation", "dbee_validate"),
        "validate": dbee_dbt("validate", "--against", "td:dev"),
        "save": dbee_dbt("save", "td:dev", *objects, "-o", "baseline.json"),
        "no drift": dbee_dbt("drift", "--baseline", "file:baseline.json", "--against", "td:dev"),
        "alter": dbee_dbt("emulator", "run", "shop.duckdb", "-c", "ALTER TABLE SHOP.ORDERS DROP AMOUNT"),
        "drift": dbee_dbt("drift", "--baseline", "file:baseline.json", "--against", "td:dev"),
    }


def report() -> dict[str, object]:
    """What the workflow did and touched."""
    from dbee_dbt.bridge.package_root import dbt_package_root

    codes = steps()
    modules = sorted({file for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None))})
    return {"codes": codes, "package": str(dbt_package_root()), "modules": modules, "opened": sorted(OPENED)}


if __name__ == "__main__":
    Path("report.json").write_text(json.dumps(report()), encoding="utf-8")
