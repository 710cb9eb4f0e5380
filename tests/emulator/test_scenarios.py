"""Every scenario file is played; see scenario.py for how to read one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.emulator.scenario import Player, read_scenario

FOLDER = Path(__file__).parent / "scenarios"


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.txt")), ids=lambda file: file.stem)
def test_scenario(file: Path, tmp_path: Path) -> None:
    player = Player(tmp_path / "system.duckdb")
    try:
        for step in read_scenario(file.read_text(encoding="utf-8")):
            answered = player.play(step)
            assert answered == list(step.expected), f"{file.name}:{step.line}: {step.text}"
    finally:
        player.close()
