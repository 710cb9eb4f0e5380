"""Both worlds say numbers with the same words."""

from __future__ import annotations

import pytest

from dbee_dbt.bridge import Bridge
from dbee_dbt.model.plural import counted

WORDS = (
    "view", "macro", "procedure", "join index", "foreign server", "glop set", "model of a global temporary table", "time"
)  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_a_number_with_its_word(word: str) -> None:
    bridge = Bridge()
    assert [bridge.call("dbee_counted", count, word) for count in (0, 1, 2)] == [counted(n, word) for n in (0, 1, 2)]
