"""Findings as one JSON document for programs; its schema lies beside it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec

from dbee_dbt.model.findings import Validation
from dbee_dbt.report.findings.presented import Presented
from dbee_dbt.report.terminal import json_text

SCHEMA_FILE = Path(__file__).with_name("validate.schema.json")


def findings_json(report: Presented) -> str:
    """The answer as one document, indented, with a final line end; docs/validate.md describes it."""
    return validation_json(report.validation)


def validation_json(validation: Validation) -> str:
    """The same, for who has the answer alone."""
    return json_text(validation, indent=2) + "\n"


def schema_json() -> str:
    """The JSON Schema of the document, made from the structs; SCHEMA_FILE holds it."""
    schema: dict[str, Any] = msgspec.json.schema(Validation)
    schema["$defs"] = {name: _exact(made) for name, made in schema["$defs"].items()}
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "dbee-dbt validate",
        "description": "What `dbee-dbt validate --format json` prints and target/dbee/validate.json holds.",
    }
    return msgspec.json.format(msgspec.json.encode({**head, **schema}), indent=2).decode("utf-8") + "\n"


def _exact(made: dict[str, Any]) -> dict[str, Any]:
    """The schema of one struct as it is written: with every field, with no other, and each described."""
    described, _, arguments = made["description"].partition("\n\n    Args:\n")
    told = dict(_ARGUMENT.findall(arguments))
    properties = {
        name: {key: value for key, value in field.items() if key != "default"}
        | ({"description": " ".join(told[name].split())} if name in told else {})
        for name, field in made["properties"].items()
    }
    exact = {"properties": properties, "required": list(properties), "additionalProperties": False}
    return {**made, "description": " ".join(described.split()), **exact}


_ARGUMENT = re.compile(r"^ {8}(\w+): (.*(?:\n {12}.*)*)", re.MULTILINE)
