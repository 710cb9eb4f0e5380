"""Who may read a table, view or model: by the project's graph, and by names that stand in SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dbee_dbt.model.names import fold
from dbee_dbt.project.impact.held import Key, Physical
from dbee_dbt.project.impact.queries import Queries, query_key
from dbee_dbt.project.manifest import Manifest, relation_key

_WORD = re.compile(r"\w+")
_PLAIN = re.compile(r"\w+\Z")


class Readers:
    """Keys of models, snapshots, tests and legacy views by what they may read: more than do, never fewer.

    Args:
        queries: the SQL of the project.
        schemas: the physical schema before and after.
    """

    def __init__(self, queries: Queries, schemas: Iterable[Physical]) -> None:
        self._by_key: dict[Key, list[Key]] = {}
        self._by_word: dict[str, list[Key]] = {}
        self._texts: dict[Key, str] = {}
        self._add_nodes(queries, queries.manifest)
        for schema in schemas:
            for key in schema.names():
                held = schema.find(key)
                if held is not None and held.text is not None:
                    self._add_text(key, held.text)

    def of(self, key: Key) -> list[Key]:
        """What may read a relation, without itself."""
        if _PLAIN.match(key[1]):
            named = self._by_word.get(key[1], [])
        else:
            named = [reader for reader, text in self._texts.items() if key[1] in text]
        return [one for one in dict.fromkeys((*self._by_key.get(key, ()), *named)) if one != key]

    def _add_nodes(self, queries: Queries, manifest: Manifest) -> None:
        for key, node in queries.nodes.items():
            for parent in node.get("depends_on", {}).get("nodes", ()):
                found = manifest.everything.get(parent)
                if found is not None and found.get("schema") is not None:
                    of = query_key(found) if found["resource_type"] in ("model", "snapshot") else relation_key(found)
                    self._by_key.setdefault(of, []).append(key)
            self._add_text(key, str(node.get("compiled_code") or node.get("raw_code") or ""))

    def _add_text(self, key: Key, text: str) -> None:
        folded = fold(text)
        self._texts[key] = self._texts.get(key, "") + folded
        for word in _words(folded):
            self._by_word.setdefault(word, []).append(key)


def _words(text: str) -> Iterator[str]:
    return iter(set(_WORD.findall(text)))
