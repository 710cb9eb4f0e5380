"""Rules of another version in dbt_packages are refused."""

from pathlib import Path

import pytest

from dbee_dbt import __version__
from dbee_dbt.bridge.package_root import dbt_package_root
from dbee_dbt.bridge.package_version import check_package_version
from dbee_dbt.model.errors import PackageVersionError


def project(folder: Path, installed: str, packages: str = "dbt_packages", entries: str = "") -> Path:
    (folder / "dbt_project.yml").write_text(f"name: shop\n{entries}", encoding="utf-8")
    package = folder / packages / "dbee_dbt"
    package.mkdir(parents=True)
    (package / "dbt_project.yml").write_text(installed, encoding="utf-8")
    return folder


def test_the_same_version_is_fine(tmp_path):
    check_package_version(project(tmp_path, f"name: dbee_dbt\nversion: {__version__}\n"))


def test_a_project_without_the_dbt_package_is_fine(tmp_path):
    check_package_version(tmp_path)


def test_another_version_is_refused_with_the_line_to_paste(tmp_path):
    with pytest.raises(PackageVersionError) as refused:
        check_package_version(project(tmp_path, "name: dbee_dbt\nversion: 0.0.9\n"))
    text = str(refused.value)
    assert "0.0.9" in text and __version__ in text
    assert f"- local: {dbt_package_root()}" in text
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("installed", ["name: dbee_dbt\n", ": [", ""])
def test_a_version_that_cannot_be_told_is_refused(tmp_path, installed):
    with pytest.raises(PackageVersionError, match="does not say its version"):
        check_package_version(project(tmp_path, installed))


def test_the_packages_folder_is_the_one_that_the_project_names(tmp_path):
    shop = project(tmp_path, "version: 0.0.9\n", "installed", "packages-install-path: installed\n")
    with pytest.raises(PackageVersionError):
        check_package_version(shop)


def test_the_dbt_package_bears_the_version_of_the_distribution():
    text = (dbt_package_root() / "dbt_project.yml").read_text(encoding="utf-8")
    assert f"version: {__version__}\n" in text
