"""One of a thing is one, and two are more."""

import pytest

from dbee_dbt.model.plural import counted


@pytest.mark.parametrize(
    ("count", "word", "said"),
    [
        (1, "macro", "1 macro"),
        (2, "macro", "2 macros"),
        (0, "object", "0 objects"),
        (2, "join index", "2 join indexes"),
        (2, "model of a temporary table", "2 models of a temporary table"),
        (2, "query", "2 queries"),
        (2, "key", "2 keys"),
        (1, "statistics", "1 statistics"),
        (12, "statistics", "12 statistics"),
        (4, "INSERT", "4 INSERT"),
        (2, ".RUN", "2 .RUN"),
        (2, "BTEQ command", "2 BTEQ commands"),
        (3, "statement on a volatile table", "3 statements on volatile tables"),
    ],
)
def test_a_number_with_its_word(count: int, word: str, said: str) -> None:
    assert counted(count, word) == said
