"""dbt's Jinja context for a model, as far as it goes without a database.

What needs one (``run_query``, ``adapter``, ``statement``) ends the rendering with the reason: nothing is made up.
"""

from __future__ import annotations

import datetime
import itertools
import os
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from dbee_dbt.bridge.context import functions
from dbee_dbt.model.errors import DbeeError
from dbee_dbt.project.impact.nodes import Nodes, names_of
from dbee_dbt.project.impact.relation_text import RelationText, relation_text
from dbee_dbt.project.manifest import Node
from dbee_dbt.session.profile import Target

_MISSING = object()
_SECRET = "DBT_ENV_SECRET"  # what dbt keeps out of models too


class NotRenderedError(Exception):
    """The SQL of a node is not known without running dbt.

    Args:
        reason: in one clause.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class VisibleTarget:
    """dbt's ``target``: what of the profile a model may see; the profile is read when it is first asked for."""

    def __init__(self, load: Callable[[], Target]) -> None:
        self._load = load

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            found = self._load()
        except DbeeError as error:
            raise NotRenderedError(
                f"it asks for target.{name}, and the profile cannot be read: {error.what}"
            ) from error
        known = {
            "name": found.name,
            "target_name": found.name,
            "schema": found.database,
            "database": "",
            "type": found.adapter,
            "profile_name": found.profile,
            "user": found.user,
            "host": found.host,
            "threads": 1,
        }
        if name not in known:
            raise NotRenderedError(f"it asks for target.{name}")
        return known[name]

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)

    def get(self, name: str, default: Any = None) -> Any:
        """As of a dictionary."""
        return getattr(self, name)


class Adapter:
    """dbt's ``adapter``: dispatch and quoting; all else asks the database."""

    def __init__(self, adapter: str, dispatch: Callable[..., Any]) -> None:
        self._type = adapter
        self.dispatch = dispatch

    def type(self) -> str:
        """The adapter's name."""
        return self._type

    def quote(self, identifier: str) -> str:
        """A name in quotes."""
        return f'"{identifier}"'

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise NotRenderedError(f"its Jinja asks the database (adapter.{name})")


class Config:
    """dbt's ``config``: a call says nothing here, since the manifest holds what came of it."""

    def __init__(self, node: Node) -> None:
        self._values: dict[str, Any] = node.get("config") or {}

    def __call__(self, *_given: Any, **_named: Any) -> str:
        return ""

    def get(self, name: str, default: Any = None, validator: Any = None) -> Any:
        """A value of the configuration."""
        found = self._values.get(name)
        return default if found is None else found

    def require(self, name: str, validator: Any = None) -> Any:
        """A value that has to be there."""
        if name not in self._values:
            raise NotRenderedError(f"it requires the configuration {name}, which is not set")
        return self._values[name]

    def set(self, name: str, value: Any) -> str:
        """Nothing; as dbt's, only for parsing."""
        return ""

    def persist_relation_docs(self) -> bool:
        """Whether comments go to relations; no matter of SQL."""
        return False

    persist_column_docs = persist_relation_docs


def _asks(what: str) -> Callable[..., NoReturn]:
    def asks(*_given: Any, **_named: Any) -> NoReturn:
        raise NotRenderedError(f"its Jinja asks the database ({what})")

    return asks


def _env_var(name: str, default: Any = _MISSING) -> Any:
    if name.startswith(_SECRET):
        raise NotRenderedError("it asks for a secret of the environment")
    found = os.environ.get(name, default)
    if found is _MISSING:
        raise NotRenderedError(f"the environment has no {name}")
    return found


def shared_context(adapter: str) -> dict[str, Any]:
    """What is the same for all models.

    Args:
        adapter: the adapter that wrote the manifest.
    """
    now = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)  # no SQL may rest on when it was looked at
    return {
        **functions({}, lambda _text: None),
        "env_var": _env_var,
        "run_query": _asks("run_query"),
        "statement": _asks("statement"),
        "load_result": _asks("load_result"),
        "load_relation": _asks("load_relation"),
        "store_result": _asks("store_result"),
        "store_raw_result": _asks("store_raw_result"),
        "get_columns_in_query": _asks("get_columns_in_query"),
        "graph": {"nodes": {}, "sources": {}, "exposures": {}},
        "modules": {"datetime": _Moments, "re": _Patterns, "itertools": _Iterators},
        "flags": {"FULL_REFRESH": False, "WHICH": "compile", "STORE_FAILURES": False},
        "invocation_id": "",
        "run_started_at": now,
        "dbt_version": "",
        "invocation_args_dict": {},
        "selected_resources": [],
        "thread_id": "",
        "doc": lambda *_names: "",
        "builtins": {},
        "set_strict": set,
        "zip_strict": zip,
        "try_or_compiler_error": lambda _message, call, *given, **named: call(*given, **named),
        "diff_of_two_dicts": _difference,
    }


class _Moments:
    """The part of Python's ``datetime`` that models use."""

    date, time, timedelta, timezone = datetime.date, datetime.time, datetime.timedelta, datetime.timezone
    datetime = datetime.datetime


class _Iterators:
    """The part of Python's ``itertools`` that models use, and that ends."""

    chain, product, combinations = itertools.chain, itertools.product, itertools.combinations
    zip_longest, groupby, accumulate = itertools.zip_longest, itertools.groupby, itertools.accumulate


class _Patterns:
    """The part of Python's ``re`` that models use."""

    sub, match, search, findall, split, escape = re.sub, re.match, re.search, re.findall, re.split, re.escape
    IGNORECASE, MULTILINE, DOTALL = re.IGNORECASE, re.MULTILINE, re.DOTALL


def _difference(left: Mapping[str, Any], right: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in left.items() if name not in right}


def node_context(node: Node, nodes: Nodes, variables: Mapping[str, Any], *, is_incremental: bool) -> dict[str, Any]:
    """What is the model's own.

    Args:
        node: the model.
        nodes: of the project.
        variables: what ``var`` answers.
        is_incremental: what ``is_incremental()`` answers.
    """

    def ref(*names: object, **named: object) -> RelationText:
        found = nodes.ref(names_of(names), named.get("version", named.get("v")), node["package_name"])
        if found is None:
            raise NotRenderedError(_no_node(".".join(names_of(names)), nodes.is_disabled(str(names[-1]))))
        return relation_text(found)

    def source(name: object, table: object) -> RelationText:
        found = nodes.source(str(name), str(table))
        if found is None:
            raise NotRenderedError(_no_node(f"{name}.{table}", nodes.is_disabled(str(table))))
        return relation_text(found)

    def var(name: str, default: Any = _MISSING) -> Any:
        if name in variables:
            return variables[name]
        if default is _MISSING:
            raise NotRenderedError(f"the variable {name} is not set")
        return default

    var_ = _Variables(var, variables)
    return {
        "ref": ref,
        "source": source,
        "var": var_,
        "builtins": {"ref": ref, "source": source, "config": Config(node)},
        "config": Config(node),
        "this": relation_text(node),
        "is_incremental": lambda: is_incremental,
        "should_full_refresh": lambda: not is_incremental,
        "model": node,
        "schema": node["schema"],
        "database": "",
        "sql_now": "CURRENT_TIMESTAMP",
    }


class _Variables:
    """dbt's ``var``: called, or asked whether there is one."""

    def __init__(self, answer: Callable[..., Any], variables: Mapping[str, Any]) -> None:
        self._answer = answer
        self._variables = variables

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self._answer(*given, **named)

    def has_var(self, name: str) -> bool:
        """Whether the variable is set."""
        return name in self._variables


def _no_node(name: str, is_disabled: bool) -> str:
    return f"it reads {name}, which is {'disabled' if is_disabled else 'no node of the project'}"
