"""Models proposed from the statements that fill tables: in macros, procedures and scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from dbee_dbt.ddl.expressions import dml_syntax as d
from dbee_dbt.ddl.references import references
from dbee_dbt.model.catalog import Catalog, Refusal
from dbee_dbt.model.objects import CodeObject, ObjectKey, Table, shown_name
from dbee_dbt.project.conversion.changes import ReadLoad, read_load
from dbee_dbt.project.conversion.loads import Batch, Load, loads_of_code
from dbee_dbt.project.conversion.proposal import Proposal, proposal
from dbee_dbt.project.conversion.proposal_yaml import proposals_yaml
from dbee_dbt.project.conversion.query_text import CannotConvertError
from dbee_dbt.project.conversion.relations import Sink
from dbee_dbt.project.conversion.template import jinja_comment
from dbee_dbt.project.generate import GeneratedFile, GeneratedName, GeneratedNode, GenerationOptions
from dbee_dbt.report.terminal import visible

FOLDER = "proposals"
_PREFIX = "load_"
_LONGEST = 112  # of a name, with its prefix; a number may follow, and dbt appends up to 12


class Proposals(Struct, frozen=True, kw_only=True):
    """What is proposed.

    Args:
        files: one a model, and their YAML.
        nodes: the models.
        not_proposed: each load from which no model is proposed, with its place and the reason.
    """

    files: tuple[GeneratedFile, ...] = ()
    nodes: tuple[GeneratedNode, ...] = ()
    not_proposed: tuple[Refusal, ...] = ()


class _Made(Struct, frozen=True):
    """A proposal with the load that it is made from, and the table that it fills."""

    load: Load
    target: Table
    named: GeneratedName
    model: str
    proposal: Proposal


def propose(
    catalog: Catalog, code: Sequence[CodeObject], scripts: Iterable[Batch], how: GenerationOptions, sink: Sink
) -> Proposals:
    """Propose models from the loads of macros and procedures, and from those of scripts.

    Args:
        catalog: the objects, the tables among them.
        code: macros and procedures.
        scripts: the loads of scripts.
        how: names and folder.
        sink: how models are written.
    """
    found = _Proposing(catalog, how, sink)
    for batch in (*map(loads_of_code, code), *scripts):
        found.read(batch)
    files = tuple(_file(one, how, sink) for one in found.made)
    nodes = tuple(GeneratedNode("model", one.model, file.path) for one, file in zip(found.made, files, strict=True))
    if files:
        text = proposals_yaml((one.model, one.target) for one in found.made)
        files = (*files, GeneratedFile(f"{how.into}/{FOLDER}/_proposals.yml", text))
    return Proposals(files=files, nodes=nodes, not_proposed=(*found.refused, *_dynamic(code)))


class _Proposing:
    """Goes through batches; names of models are given in the order in which they are met."""

    def __init__(self, catalog: Catalog, how: GenerationOptions, sink: Sink) -> None:
        self._catalog, self._how, self._sink = catalog, how, sink
        self._names: Counter[str] = Counter()
        self.made: list[_Made] = []
        self.refused: list[Refusal] = []

    def read(self, batch: Batch) -> None:
        """One body or script: a DELETE goes with the load of the same table that follows it."""
        deleted: dict[ObjectKey, ReadLoad] = {}
        filled: dict[ObjectKey, Load] = {}
        for load in batch:
            try:
                self._load(load, deleted, filled)
            except CannotConvertError as reason:
                self._refuse(load, str(reason))
        for read in deleted.values():
            self._refuse(read.load, "no model is proposed behind it that fills the table from which it deletes")

    def _refuse(self, load: Load, reason: str) -> None:
        owner = f"{load.owner}: " if load.owner else ""
        self.refused.append(Refusal(f"{owner}{load.verb}: {reason}", load.file, load.line))

    def _load(self, load: Load, deleted: dict[ObjectKey, ReadLoad], filled: dict[ObjectKey, Load]) -> None:
        read = read_load(load)
        key = self._sink.relations.target(read.target, load.database)
        named, target = self._sink.relations.named(key), self._catalog.objects.get(key) if key else None
        if key is None or named is None or not isinstance(target, Table):
            what = "a view" if key is not None and key.kind == "view" else "no table of what was generated"
            raise CannotConvertError(f"it changes {read.target.name}, which is {what}")
        if isinstance(read.change, d.Delete):
            if key in deleted:
                self._refuse(deleted[key].load, f"another DELETE from {read.target.name} follows, at {load.place}")
            deleted[key] = read
            return
        if key in filled and not isinstance(read.change, d.Update):
            raise CannotConvertError(
                f"it fills {read.target.name} as well as the statement at {filled[key].place}; a model has one query"
            )
        wished = f"{_PREFIX}{named.model.removeprefix(self._how.prefix)}"[:_LONGEST]
        number = self._names[wished.lower()] + 1
        model = f"{wished}_{number}" if number > 1 else wished
        inside = _inside(self._sink, model, key)
        self.made.append(_Made(load, target, named, model, proposal(read, target, deleted.get(key), inside)))
        deleted.pop(key, None)
        filled[key] = load
        self._names[wished.lower()] = number


def _inside(sink: Sink, model: str, key: ObjectKey) -> Sink:
    return Sink(sink.escape, sink.relations.inside(model, key))


def _dynamic(code: Iterable[CodeObject]) -> Iterator[Refusal]:
    for found in code:
        if found.text is None or found.kind != "procedure":
            continue
        if places := references(found.text, found.database).dynamic:
            where = ", ".join(places)
            yield Refusal(
                f"procedure {shown_name(found)}: dynamic SQL at {where} of its text may fill tables",
                found.origin.file,
                found.origin.line,
            )


# --- files -----------------------------------------------------------------------------------------------------------


def _file(made: _Made, how: GenerationOptions, sink: Sink) -> GeneratedFile:
    text = f"{_config(made, sink)}\n{_head(made)}\n\n{made.proposal.query.strip()}\n"
    return GeneratedFile(f"{how.into}/{FOLDER}/{made.model}.sql", text)


def _config(made: _Made, sink: Sink) -> str:
    quote, found = sink.relations.quote, made.proposal
    settings = [("enabled", "false"), ("tags", f"[{quote('proposal')}]"), ("materialized", quote(found.materialized))]
    if found.strategy:
        settings.append(("incremental_strategy", quote(found.strategy)))
    if len(found.unique_key) == 1:
        settings.append(("unique_key", quote(found.unique_key[0])))
    elif found.unique_key:
        settings.append(("unique_key", f"[{', '.join(map(quote, found.unique_key))}]"))
    if found.updated:
        settings.append(("merge_update_columns", f"[{', '.join(map(quote, found.updated))}]"))
    settings += [(name, quote(text)) for name, text in made.named.settings]
    lines = ",\n".join(f"        {name}={value}" for name, value in settings)
    return f"{{{{\n    config(\n{lines}\n    )\n}}}}"


def _head(made: _Made) -> str:
    lines = [
        f"A proposal, from the {made.load.verb} in {made.load.place}, which fills {shown_name(made.target)}.",
        "dbt builds nothing of it as long as it says enabled=false.",
    ]
    if made.proposal.variables:
        names = ", ".join(made.proposal.variables)
        lines.append(f"Variables, which stand in the SQL as they are given: {names}.")
    lines += [f"To look at: {note}." for note in made.proposal.notes]
    return jinja_comment(*map(visible, lines))
