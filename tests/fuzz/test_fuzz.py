"""The targets of ``make fuzz`` hold for the texts they start from and for some damaged ones, so that none rots."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.run import STRATEGIES, TEXTS
from tests.fuzz.targets import BYTES, QUERIES, TARGETS, decoded
from tests.strategies.scripts import REALISTIC

SMOKE = settings(max_examples=25)


@pytest.mark.parametrize("target", TARGETS)
@SMOKE
@given(data=st.data())
def test_a_target_holds(target: str, data: st.DataObject) -> None:
    TARGETS[target](data.draw(STRATEGIES.get(target, TEXTS)))


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_holds_for_what_it_starts_from(target: str) -> None:
    for text in QUERIES if target == "expressions" else REALISTIC:
        TARGETS[target](text)


@SMOKE
@given(BYTES)
def test_bytes_are_decoded(content: bytes) -> None:
    decoded(content)
