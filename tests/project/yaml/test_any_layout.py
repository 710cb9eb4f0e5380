"""Whatever a file looks like: it comes to mean what is wanted, or is refused, and nobody's line is lost."""

from __future__ import annotations

import copy
import re
from typing import Any

import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dbee_dbt.project.yaml.merge import Policy
from dbee_dbt.project.yaml.merge_files import Existing, Merged, merge_files
from dbee_dbt.project.yaml.scalars import double_quoted, written
from tests.project.yaml.written import NAMES, TYPES, Written, files

PATH, GENERATED = "models/schema.yml", "models/generated.yml"
Columns = dict[str, tuple[str | None, str | None]]

COLUMNS = st.dictionaries(
    st.sampled_from(NAMES),
    st.tuples(
        st.none() | st.sampled_from(TYPES), st.none() | st.sampled_from(("new text", 'with "quotes": #', "ü\u200b"))
    ),
    min_size=1,
    max_size=5,
)
WANTED = st.dictionaries(st.sampled_from([f"m{number}" for number in range(5)]), COLUMNS, min_size=1)


def generated(wanted: dict[str, Columns]) -> str:
    """Generated YAML, as the generators lay it out."""
    lines = ["version: 2", "", "models:"]
    for model, columns in wanted.items():
        lines += [f"  - name: {model}", '    description: "a model"', "    columns:"]
        for name, (data_type, description) in columns.items():
            lines.append(f"      - name: {written(name)}")
            lines += [f"        data_type: {data_type}"] if data_type else []
            lines += [f"        description: {double_quoted(description)}"] if description else []
    return "\n".join(lines) + "\n"


def merged(text: str, wanted: dict[str, Columns], *, prune: bool = False) -> list[Merged]:
    existing = Existing({PATH: text}, has_model=lambda name: True, has_table=lambda database, name: True)
    return list(
        merge_files({GENERATED: generated(wanted)}, existing, Policy(lambda one, other: one == other, prune=prune))
    )


def models(text: str) -> dict[str, Any]:
    """The models of a file by name; what aliases stand for is written out."""
    roots = yaml.load_all(text.removeprefix("\ufeff"), yaml.CSafeLoader)
    return {model["name"]: copy.deepcopy(model) for root in roots if root for model in root.get("models") or []}


def expected(model: dict[str, Any], columns: Columns, *, prune: bool) -> dict[str, Any]:
    """The same by plain rules over data: what is missing comes behind the one before it."""
    found = copy.deepcopy(model)
    found["description"] = ((model.get("description") or "").strip() and model["description"]) or "a model"
    there = list(found.get("columns") or [])
    at = -1
    for name, (data_type, description) in columns.items():
        index = next((n for n, column in enumerate(there) if column["name"].upper() == name.upper()), None)
        if index is None:
            at += 1
            there.insert(at, {"name": name})
        else:
            at = index
        column = there[at] = dict(there[at])
        if data_type:
            column["data_type"] = data_type
        if description and not (column.get("description") or "").strip():
            column["description"] = description
    names = {name.upper() for name in columns}
    found["columns"] = [column for column in there if column["name"].upper() in names or not prune]
    return found


def lines(text: str) -> list[str]:
    return re.split(r"\r?\n", text.removeprefix("\ufeff"))


@settings(max_examples=120)
@given(files(), WANTED, st.booleans())
def test_a_file_means_what_is_wanted_or_is_refused(file: Written, wanted: dict[str, Columns], prune: bool) -> None:
    before = models(file.text)
    results = {each.path: each for each in merged(file.text, wanted, prune=prune)}
    here = results.get(PATH)
    after = models(here.after if here else file.text)
    refusals = here.refusals if here else ()
    assert after.keys() == before.keys()
    for name, model in before.items():
        wish = expected(model, wanted[name], prune=prune) if name in wanted else model
        assert after[name] == wish or (refusals and after[name] == model), name
    if not refusals:
        assert not any(
            each.changes for each in merged(here.after if here else file.text, wanted, prune=prune) if each.path == PATH
        )


@settings(max_examples=120)
@given(files(), WANTED)
def test_every_line_that_is_not_changed_stays_and_so_does_their_order(
    file: Written, wanted: dict[str, Columns]
) -> None:
    results = {each.path: each for each in merged(file.text, wanted)}
    after = results[PATH].after if PATH in results else file.text
    assume(after != file.text)
    rest = iter(lines(after))
    for line in lines(file.text):
        may_change = re.search(r"data_type|description|[{\[]|columns:", line)
        assert may_change or line in rest, line
    comments = r"# (?:no )?comment ?\d*"
    assert re.findall(comments, after) == re.findall(comments, file.text)
    assert after.startswith("\ufeff") == file.text.startswith("\ufeff")
    assert ("\r\n" in after) == ("\r\n" in file.text)
    assert "\n" not in after.replace("\r\n", "") or "\r\n" not in file.text
