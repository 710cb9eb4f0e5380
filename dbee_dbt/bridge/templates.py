"""Macro files: which macros stand in one, and their compiled form."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import BuiltinMethodType
from typing import Any

from jinja2 import ChainableUndefined, Template, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.sandbox import SandboxedEnvironment

from dbee_dbt.bridge.context import Returned, give_back
from dbee_dbt.model.errors import MacroError

# dbt gives a macro this prefix inside its file, so that macros of one file find each other through the context too,
# and one of the project can stand in for one of ours.
PREFIX = "dbt_macro__"

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_MACRO = re.compile(r"\{%[-+]?\s*macro\s+([A-Za-z_]\w*)\s*\(")

Namespace = dict[str, Any]


class Undefined(ChainableUndefined):
    """An unknown name: empty as in dbt when read, but an error when called, since dbt would silently do nothing."""

    __slots__ = ()


class DbtBlocks(Extension):
    """Blocks that are dbt's alone and may stand in a project's file beside macros; passed over."""

    tags = {"materialization", "test", "data_test", "snapshot"}  # noqa: RUF012 - as Jinja declares it

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Skip to the block's end."""
        tag = next(parser.stream).value
        while parser.stream.current.type != "block_end":
            next(parser.stream)
        parser.parse_statements((f"name:end{tag}",), drop_needle=True)
        return []


_METHODS: dict[type, frozenset[str]] = {
    plain: frozenset(name for name in dir(plain) if name[0] != "_") - {"format", "format_map"}
    for plain in (dict, list, str)
}
"""By plain type: methods that a macro may call, none of which leads out of the sandbox."""


class Sandbox(SandboxedEnvironment):
    """Jinja's sandbox with a short way for what macros do millions of times: calls of macros and of plain methods."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """``obj.attribute``."""
        methods = _METHODS.get(type(obj))
        if methods is not None:
            if attribute in methods:
                return getattr(obj, attribute)
            if type(obj) is dict and attribute in obj:
                return obj[attribute]
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """``obj[argument]``."""
        if type(obj) is dict:
            try:
                return obj[argument]
            except (KeyError, TypeError):
                pass  # Jinja then looks for an attribute, and gives an undefined value
        return super().getitem(obj, argument)

    def call(__self, __context: Any, __obj: Any, *arguments: Any, **named: Any) -> Any:  # noqa: N805 - as Jinja has it
        """``obj(…)``."""
        kind = type(__obj)
        if (
            kind is Macro
            or (kind is BuiltinMethodType and type(__obj.__self__) in _METHODS)
            or (__obj is give_back or __obj is dict or __obj is zip)
        ):
            named.pop("_loop_vars", None)  # Jinja's own, for functions that ask for its context
            named.pop("_block_vars", None)
            return __obj(*arguments, **named)
        return super().call(__context, __obj, *arguments, **named)


ENVIRONMENT = Sandbox(
    extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", DbtBlocks], undefined=Undefined, autoescape=False
)
_LINES: dict[str, Callable[[int], int]] = {}


def macro_names(text: str) -> tuple[str, ...]:
    """The names of the macros in the text of a file, in order."""
    return tuple(_MACRO.findall(_COMMENT.sub("", text)))


class MacroFile:
    """A file of macros.

    Args:
        path: the file.
        context: the namespace in which its macros look names up, at each call.
        text: what it says, where that is known already.

    Raises:
        MacroError: the file cannot be read.
    """

    def __init__(self, path: Path, context: Namespace, text: str | None = None) -> None:
        self.path = path
        self._context = context
        self._module: Any = None
        try:
            self._text = path.read_text(encoding="utf-8") if text is None else text
        except (OSError, UnicodeDecodeError) as error:
            raise MacroError(f"the file of macros cannot be read: {error}", file=str(path)) from error
        self.names = macro_names(self._text)

    def macro(self, name: str) -> Callable[..., Any]:
        """The compiled macro of this name.

        Raises:
            TemplateSyntaxError: the file is not Jinja that the bridge knows.
        """
        if self._module is None:
            self._module = _template(str(self.path), self._text).make_module(self._context, shared=True)
        found: Callable[..., Any] = getattr(self._module, PREFIX + name)
        return found


class Macro:
    """One macro; compiled with its file at the first call. ``return()`` in it ends it with that value, as in dbt."""

    __slots__ = ("_compiled", "_file", "name")

    def __init__(self, name: str, file: MacroFile) -> None:
        self.name = name
        self._file = file
        self._compiled: Callable[..., Any] | None = None

    @property
    def path(self) -> Path:
        """The file it stands in."""
        return self._file.path

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        if self._compiled is None:
            self._compiled = self._file.macro(self.name)
        try:
            return self._compiled(*arguments, **named)
        except Returned as returned:
            return returned.value


@cache
def _template(name: str, text: str) -> Template:
    """Only the macros of a file, renamed; what stands between them does nothing, as in dbt."""
    tree = ENVIRONMENT._parse(text, name, name)
    macros = [node for node in tree.body if isinstance(node, nodes.Macro)]
    for macro in macros:
        macro.name = PREFIX + macro.name
    tree.body = list(macros)
    template = Template.from_code(ENVIRONMENT, ENVIRONMENT.compile(tree, name, name), ENVIRONMENT.globals)
    _LINES[name] = template.get_corresponding_lineno
    return template


def place_of(error: BaseException) -> tuple[str | None, int | None]:
    """File and line of the innermost macro that an error passed through; (None, None) where it passed through none."""
    lineno = getattr(error, "lineno", None)
    if lineno is not None:  # a syntax error knows it
        return getattr(error, "filename", None), lineno
    place: tuple[str | None, int | None] = (None, None)
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name in _LINES:
            place = (name, _LINES[name](trace.tb_lineno))
        trace = trace.tb_next
    return place
