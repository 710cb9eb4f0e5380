"""dbt's group simple_seed."""

import pytest
from dbt.tests.adapter.simple_seed.seeds import seeds__pipe_separated_csv
from dbt.tests.adapter.simple_seed.test_seed import SeedConfigBase
from dbt.tests.util import run_dbt


class _Delimiter(SeedConfigBase):
    @pytest.fixture(scope="class")
    def seeds(self):
        return {"seed_pipe_separated.csv": seeds__pipe_separated_csv}


class TestSeedWithWrongDelimiter(_Delimiter):
    """The whole header becomes one column name, which Teradata cannot read without quotes."""

    @pytest.fixture(scope="class")
    def project_config_update(self):
        return {"seeds": {"quote_columns": False, "delimiter": ";"}}

    def test_seed_with_wrong_delimiter(self, project):
        results = run_dbt(["seed"], expect_pass=False)
        assert "syntax error" in results.results[0].message.lower()


class TestSeedWithEmptyDelimiter(_Delimiter):
    @pytest.fixture(scope="class")
    def project_config_update(self):
        return {"seeds": {"quote_columns": False, "delimiter": ""}}

    def test_seed_with_empty_delimiter(self, project):
        results = run_dbt(["seed"], expect_pass=False)
        assert "compilation error" in results.results[0].message.lower()
