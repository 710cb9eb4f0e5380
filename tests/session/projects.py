"""A dbt project with a profile, for tests that need no more of one."""

from __future__ import annotations

from pathlib import Path

from dbee_dbt.session.options import ProjectOptions

# PATH is replaced by the path of an emulator file in the project's folder.
PROFILES = """
shop:
  target: dev
  outputs:
    dev: {type: dbee, path: PATH, schema: SALES, user: dbc}
    prod:
      type: teradata
      host: 127.0.0.1
      port: "1"
      user: etl
      password: "s3cret'pass"
      schema: SALES
      tmode: TERA
      logmech: LDAP
      logdata: "l0gdata"
      sslmode: VERIFY-FULL
      connect_timeout: 2000
      query_band: "org=acme;appname=dbt;"
    other: {type: postgres, host: h, user: u, password: p, port: 1, dbname: d, schema: s}
"""


def write_project(folder: Path, project: str = "", profiles: str = PROFILES) -> ProjectOptions:
    """A dbt project in a folder; the options that name it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dbt_project.yml").write_text(f"name: shop\nversion: '1.0'\nprofile: shop\n{project}", encoding="utf-8")
    profiles = profiles.replace("PATH", (folder / "shop.duckdb").as_posix())
    (folder / "profiles.yml").write_text(profiles, encoding="utf-8")
    return ProjectOptions(project_dir=folder, profiles_dir=folder)
