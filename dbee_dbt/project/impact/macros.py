"""The dbt macros of a manifest, callable in the context of a model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dbee_dbt.bridge.templates import ENVIRONMENT, Macro, MacroFile, Namespace
from dbee_dbt.project.impact.context import Adapter, NotRenderedError, shared_context
from dbee_dbt.project.manifest import Manifest, Node

_INTERNAL = ("dbt", "dbt_teradata")


class Macros:
    """The namespaces of a project's dbt macros.

    Names are looked up as dbt does: in the model's package, in the project, in the packages by their names, and in
    dbt's own macros and the adapter's.
    """

    def __init__(self, manifest: Manifest) -> None:
        self._project = manifest.project_name
        self._adapter = manifest.adapter
        self._written: dict[str, list[Node]] = {}
        for macro in manifest.macros.values():
            if not str(macro.get("name", "")).startswith(("materialization_", "test_")):
                self._written.setdefault(str(macro.get("package_name")), []).append(macro)
        self._internal = (*_INTERNAL, f"dbt_{manifest.adapter}")
        self._known: dict[str, Namespace] = {}

    def context(self, package: str) -> Namespace:
        """The names that models of a package see; what is a model's own is put into it before it is rendered."""
        if package not in self._known:
            self._known[package] = self._built(package)
        return self._known[package]

    def _built(self, package: str) -> Namespace:
        context: Namespace = dict(ENVIRONMENT.globals)
        packages: dict[str, dict[str, Macro]] = {}
        for name, written in self._written.items():
            packages.setdefault("dbt" if name in self._internal else name, {}).update(_macros(written, context))
        ours = shared_context(self._adapter)
        context.update(packages.get("dbt", {}))
        context.update(packages)
        for name in (self._project, package):
            context.update(packages.get(name, {}))
        dispatch = _Dispatch(context, packages, self._project, self._adapter)
        context.update({**ours, "adapter": Adapter(self._adapter, dispatch), "context": context})
        return context


class _Dispatch:
    """``adapter.dispatch``: the macro of an adapter, else the default one."""

    def __init__(self, context: Namespace, packages: dict[str, dict[str, Macro]], project: str, adapter: str) -> None:
        self._context = context
        self._packages = packages
        self._project = project
        self._prefixes = tuple(dict.fromkeys((adapter, "teradata", "default")))

    def __call__(self, macro_name: str, macro_namespace: str | None = None, packages: object = None) -> Any:
        for names in self._searched(macro_namespace):
            for prefix in self._prefixes:
                found = names.get(f"{prefix}__{macro_name}")
                if found is not None:
                    return found
        raise NotRenderedError(f"there is no dbt macro {macro_name} for the adapter")

    def _searched(self, namespace: str | None) -> Iterator[dict[str, Any]]:
        if namespace is None:
            yield self._context
            return
        yield self._packages.get(self._project, {})
        yield self._packages.get("dbt" if namespace in _INTERNAL else namespace, {})


def _macros(written: list[Node], context: Namespace) -> Iterator[tuple[str, Macro]]:
    for macro in written:
        file = MacroFile(Path(str(macro.get("original_file_path", "macro"))), context, str(macro.get("macro_sql", "")))
        for name in file.names:
            yield name, Macro(name, file)
