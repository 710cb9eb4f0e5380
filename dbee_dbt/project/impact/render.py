"""The SQL of a node, without a database: what dbt compiled, else its Jinja rendered here."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from jinja2 import TemplateError
from msgspec import Struct

from dbee_dbt.bridge.context import MacroRaised
from dbee_dbt.bridge.templates import ENVIRONMENT
from dbee_dbt.project.impact.context import NotRenderedError, VisibleTarget, node_context
from dbee_dbt.project.impact.macros import Macros
from dbee_dbt.project.impact.nodes import Nodes
from dbee_dbt.project.manifest import Manifest, Node
from dbee_dbt.session.options import ProjectOptions
from dbee_dbt.session.profile import Target, load_target, macro_variables

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PLAIN = re.compile(r"\{\{\s*((?:ref|source|config)\s*\(.*\))\s*\}\}\Z", re.DOTALL)
_WORD = re.compile(r"\w+|[^\w\s]")


class Rendered(Struct, frozen=True):
    """The SQL of a node.

    Args:
        text: SQL.
        raw: as it stands in the node's file.
        pieces: where the text is the raw one: (offset in the text, offset in the raw one, length); None where that has
            to be found out.
        is_compiled: True for what dbt compiled: ephemeral models stand in it.
    """

    text: str
    raw: str
    pieces: tuple[tuple[int, int, int], ...] | None = None
    is_compiled: bool = False

    def raw_offset(self, offset: int) -> int | None:
        """Where a character of the text stands in the raw one, or the tag that made it; None where nobody can tell."""
        before = None
        for start, raw, length in _aligned(self.text, self.raw) if self.pieces is None else self.pieces:
            if start <= offset < start + length:
                return raw + offset - start
            if start <= offset:
                before = raw + length
        return before if self.pieces is not None else None


def _aligned(text: str, raw: str) -> Iterator[tuple[int, int, int]]:
    """The words that follow each other in both, as far as they are the same."""
    made, written = list(_WORD.finditer(text)), list(_WORD.finditer(raw))
    matcher = SequenceMatcher(None, [word[0] for word in made], [word[0] for word in written], autojunk=False)
    tags = [(tag.start(), tag.end()) for tag in _TAG.finditer(raw)]
    for block in matcher.get_matching_blocks():
        for place in range(block.size):
            one, other = made[block.a + place], written[block.b + place]
            if not any(start <= other.start() < end for start, end in tags):
                yield one.start(), other.start(), len(one[0])


def renderer(manifest: Manifest, options: ProjectOptions) -> Renderer:
    """What renders the nodes of a project, with the variables and the target that the options mean."""
    return Renderer(manifest, macro_variables(options), lambda: load_target(options))


class Renderer:
    """Renders the nodes of a project.

    Args:
        manifest: the project's.
        variables: what ``var()`` answers.
        target: reads the target of the profile, when a model asks for it.
    """

    def __init__(self, manifest: Manifest, variables: Mapping[str, Any], target: Callable[[], Target]) -> None:
        self._manifest = manifest
        self._variables = variables
        self._target = VisibleTarget(target)
        self.nodes = Nodes(manifest)

    @cached_property
    def _macros(self) -> Macros:
        return Macros(self._manifest)

    def forms(self, node: Node) -> tuple[Rendered, ...]:
        """The SQL of a node; of an incremental one as it is built anew, then as it is built on.

        Raises:
            NotRenderedError: it is not known without running dbt.
        """
        raw = str(node.get("raw_code") or "")
        if node.get("language", "sql") != "sql":
            raise NotRenderedError(f"it is written in {str(node['language']).capitalize()}")
        if not raw and not node.get("compiled_code"):
            raise NotRenderedError("the manifest does not hold its SQL")
        if node.get("compiled_code"):
            return (Rendered(str(node["compiled_code"]), raw, None, True),)
        if "is_incremental" in raw:
            return self._by_jinja(node, raw, False), self._by_jinja(node, raw, True)
        return (self._plainly(node, raw) or self._by_jinja(node, raw, False),)

    def _plainly(self, node: Node, raw: str) -> Rendered | None:
        """The text where its Jinja only names relations, as most do; None where there is more in it."""
        context: dict[str, Any] = {}
        text, pieces, at, length = [], [], 0, 0
        for tag in _TAG.finditer(raw):
            context = context or node_context(node, self.nodes, self._variables, is_incremental=False)
            made = "" if _is_comment(tag[0]) else _answered(tag[0], context)
            if made is None:
                return None
            pieces.append((length, at, tag.start() - at))
            text += [raw[at : tag.start()], made]
            length += tag.start() - at + len(made)
            at = tag.end()
        rest = raw[at:]
        if "{{" in rest or "{%" in rest or "{#" in rest:
            return None
        return Rendered("".join((*text, rest)), raw, (*pieces, (length, at, len(rest))))

    def _by_jinja(self, node: Node, raw: str, is_incremental: bool) -> Rendered:
        package = node["package_name"]
        own = self._variables.get(package)
        variables = {**self._variables, **own} if isinstance(own, dict) else self._variables
        context = self._macros.context(package)  # the macros look names up in it, those of the model too
        context.update(node_context(node, self.nodes, variables, is_incremental=is_incremental))
        context.update({"target": self._target, "project_name": self._manifest.project_name})
        try:
            return Rendered(ENVIRONMENT.from_string(raw).render(context), raw)
        except NotRenderedError:
            raise
        except MacroRaised as error:
            raise NotRenderedError(f"its Jinja ends with an error: {error}") from error
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise NotRenderedError(f"its Jinja cannot be rendered: {error or type(error).__name__}") from error
        except RecursionError as error:
            raise NotRenderedError("its Jinja calls itself too deeply") from error


def _is_comment(tag: str) -> bool:
    return tag[1] == "#" and "-" not in (tag[2], tag[-3])


def _answered(tag: str, context: Mapping[str, Any]) -> str | None:
    called = _called(tag)
    return None if called is None else str(context[called[0]](*called[1], **called[2]))


def _constant(node: ast.expr) -> Any:
    """What a constant is; Python's own reading leaves circles behind, and most are plain texts."""
    return node.value if isinstance(node, ast.Constant) else ast.literal_eval(node)


_Called = tuple[str, list[Any], dict[str, Any]]


def _called(tag: str) -> _Called | None:
    """Name and arguments of a tag that only calls ref, source or config with constants."""
    found = _PLAIN.match(tag)
    if found is None:
        return None
    try:
        call = ast.parse(found[1].strip(), mode="eval").body
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            return None
        named = {one.arg or "": _constant(one.value) for one in call.keywords}
        return call.func.id, [_constant(one) for one in call.args], named
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
