"""Drift as one JSON document for programs; values are whole, nothing is abridged."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from dbee_dbt.compare.changes import CatalogRefusal, Change, Changes, Drift, FacetChange
from dbee_dbt.ddl.counted import NOT_COMPARED
from dbee_dbt.model.objects import ObjectKey
from dbee_dbt.report.terminal import json_text
from dbee_dbt.report.values import shown_value

SCHEMA_VERSION = 1


def drift_json(drift: Drift) -> str:
    """The document, indented, with a final line end; its fields are described in docs/drift.md.

    Args:
        drift: changes and the nodes they reach.
    """
    document = {"schema_version": SCHEMA_VERSION, **_document(drift)}
    return json_text(document, indent=2) + "\n"


def _document(drift: Drift) -> dict[str, Any]:
    changes = drift.changes
    return {
        "before": changes.before,
        "after": changes.after,
        "exit_code": changes.exit_code,
        "counts": _counts(changes),
        "dbt_project": drift.project,
        "warnings": list(drift.warnings),
        "changes": [_change(change, drift) for change in changes.changes],
        "not_compared": [msgspec.to_builtins(skipped) for skipped in changes.not_compared],
        "outside": [msgspec.to_builtins(found) for found in changes.outside],
        "statements": [
            {"kind": kind, "count": count, "why": "not compared" if kind in NOT_COMPARED else "not part of a catalog"}
            for kind, count in changes.counted.items()
        ],
        "not_checked": [
            {**_object(unchecked.key, unchecked.name), "reason": unchecked.reason} for unchecked in changes.not_checked
        ],
        "not_read": [_refused(found) for found in changes.refusals],
        "not_opened": list(changes.skipped),
    }


def _refused(found: CatalogRefusal) -> dict[str, Any]:
    refusal = found.refusal
    return {"address": found.address, "file": refusal.file, "line": refusal.line, "what": refusal.what}


def _counts(changes: Changes) -> dict[str, int]:
    kinds = Counter(change.kind for change in changes.changes)
    return {
        "compared": changes.compared,
        "added": kinds["added"],
        "removed": kinds["removed"],
        "altered": kinds["altered"],
        "renamed": kinds["renamed"],
        "not_checked": len(changes.not_checked),
        "not_read": len(changes.refusals),
    }


def _change(change: Change, drift: Drift) -> dict[str, Any]:
    hits = drift.hits.get(change.key)
    return {
        **_object(change.key, change.name),
        "change": change.kind,
        "renamed_from": _object(change.old_key, change.old_name) if change.old_key else None,
        "facets": [_facet(facet) for facet in change.facets],
        "reaches": None if hits is None else [hit.unique_id for hit in hits],
    }


def _object(key: ObjectKey, name: str) -> dict[str, str]:
    return {"kind": key.kind, "database": key.database, "name": key.name, "shown": name}


def _facet(change: FacetChange) -> dict[str, Any]:
    return {
        "facet": change.facet,
        "part": change.part,
        "change": change.kind,
        "before": shown_value(change.facet, change.before),
        "after": shown_value(change.facet, change.after),
    }
