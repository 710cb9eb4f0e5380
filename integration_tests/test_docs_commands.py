"""What README.md and docs/ tell people to type works as it stands there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import pytest

from dbee_dbt.cli.main import cli
from integration_tests.demo import BEGIN, END, ROOT
from integration_tests.in_process import run

if TYPE_CHECKING:
    from integration_tests.conftest import DemoRun

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


class Typed(NamedTuple):
    """A command in a ``console`` block: ``$ dbee-dbt …``, with ``# exit 1`` behind it where that is expected."""

    command: str
    code: int


def text_of(page: Path) -> str:
    """A page without the demo's transcript, which has a test of its own."""
    text = page.read_text(encoding="utf-8")
    head, begin, rest = text.partition(BEGIN)
    return head + rest.partition(END)[2] if begin else text


def typed(page: Path) -> Iterator[Typed]:
    """The commands of a page, in order."""
    for block in re.findall(r"^```console\n(.*?)^```", text_of(page), re.MULTILINE | re.DOTALL):
        for line in re.findall(r"^\$ (.+)$", block.replace("\\\n", " "), re.MULTILINE):
            command, _, code = line.partition("  # exit ")
            yield Typed(command.strip(), int(code or 0))


def shown_files(page: Path) -> dict[str, str]:
    """The files that a page shows whole: the name in a line of its own, then a ``text`` block."""
    found = re.findall(r"^`([\w.-]+)`:\n\n```text\n(.*?)^```", text_of(page), re.MULTILINE | re.DOTALL)
    return dict(found)


@pytest.fixture
def folder(demo_run: DemoRun) -> Path:
    """The demo's folder as it was before the drift."""
    copy = demo_run.before_the_drift.with_name(f"{demo_run.before_the_drift.name}-typed")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(demo_run.before_the_drift, copy, symlinks=True)
    return copy


@pytest.mark.dbt
@pytest.mark.parametrize("page", [page for page in PAGES if list(typed(page))], ids=lambda page: page.name)
def test_the_commands_of_a_page_run_in_order(page: Path, folder: Path) -> None:
    for name, text in shown_files(page).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for command, code in typed(page):
        done = run(command, folder)
        assert done.code == code, f"{command}\n{done.output}"


def commands() -> dict[str, click.Command]:
    """Every command of the command line by its whole name: ``emulator run``."""
    found: dict[str, click.Command] = {}
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        found[name] = command
        if isinstance(command, click.Group):
            found |= {f"{name} {inner}": child for inner, child in command.commands.items()}
    return found


def mentioned(page: Path) -> Iterator[tuple[str, str]]:
    """Each ``dbee-dbt COMMAND …`` in code on a page: its words, and the whole."""
    for line in re.findall(r"`(dbee-dbt [^`\n]+)`|^(?:    |\$ )(dbee-dbt .+)$", text_of(page), re.MULTILINE):
        whole = line[0] or line[1]
        yield whole.removeprefix("dbee-dbt "), whole


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_that_a_page_mentions_exist(page: Path) -> None:
    known = commands()
    for words, whole in mentioned(page):
        name = max((name for name in known if (words + " ").startswith(name + " ")), key=len, default=None)
        if name is None:
            assert words.startswith("--"), whole
            continue
        options = {option for parameter in known[name].params for option in parameter.opts} | {"--help"}
        for option in re.findall(r"(?<!\S)(--?[a-z][a-z-]*)", words):
            assert option in options, f"{page.name}: {whole}: {option}"


def test_every_command_has_a_page() -> None:
    told = "\n".join(text_of(page) for page in PAGES)
    assert [name for name in commands() if f"dbee-dbt {name}" not in told] == []


def test_make_targets_that_a_page_mentions_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        for target in re.findall(r"(?:^    |`)make ([a-z]+)", text_of(page), re.MULTILINE):
            assert target in targets, f"{page.name}: make {target}"
