"""One environment for all packaging tests; the wheels are those that `make wheels` brought."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WHEELS = ROOT / ".wheels"


class Environment:
    """A virtual environment without pip; the pip of this one fills it, from the local wheels only."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder, with_pip=False)
        self.scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
        self.python = self.scripts / "python"

    def install(self, *what: str) -> None:
        """Install what pip is told to, without a network."""
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "install", "--quiet", "--no-index"]
        run([*pip, "--find-links", str(WHEELS), "--constraint", str(ROOT / "constraints.txt"), *what], ROOT)


def run(command: list[str], folder: Path) -> str:
    """Run a command that must succeed; its output."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)], ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment that was empty before the wheel was installed into it, with what the wheel asks for."""
    assert any(WHEELS.glob("*.whl")), f"{WHEELS} holds no wheels: make wheels"
    made = Environment(tmp_path_factory.mktemp("environment"))
    made.install(f"{wheel}[emulator]")
    return made
