"""YAML that a user wrote, key by key, each with its place for messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from dbee_dbt.model.errors import ConfigurationError, EncodingError


class Entry(NamedTuple):
    """One key of a mapping, its value and where it stands.

    Args:
        key: as written.
        value: as ruamel.yaml gives it.
        file: the file's path as the user wrote it.
        line: counted from 1.
        help: the page that shows such a file, as a hint.
    """

    key: str
    value: Any
    file: str
    line: int
    help: str

    def error(self, what: str, hint: str) -> ConfigurationError:
        """What is wrong here, ready to be raised."""
        return ConfigurationError(what, file=self.file, line=self.line, hint=hint)

    def one_of(self, allowed: tuple[str, ...]) -> str:
        """The value in capitals.

        Raises:
            ConfigurationError: it is none of those allowed.
        """
        text = str(self.value).upper()
        if text not in allowed:
            raise self.error(f"{self.value!r} is no {self.key}", f"Write one of: {', '.join(allowed)}.")
        return text

    def text(self, what: str) -> str:
        """The value.

        Args:
            what: it has to be, for the message.

        Raises:
            ConfigurationError: it is no text, or an empty one.
        """
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.error(f"{self.key} has to be {what}, not {_shown(self.value)}", self.help)
        return str(self.value)

    def unknown(self, what: str, known: Iterable[str]) -> ConfigurationError:
        """That the key is none of those there are, ready to be raised."""
        names = list(known)
        near = get_close_matches(self.key, names, 1)
        hint = f"Is {near[0]} meant?" if near else f"Known are: {', '.join(names)}."
        return self.error(f"{self.key!r} is no {what}", hint)

    def entries(self, what: str) -> Iterator[Entry]:
        """The entries of the value, which has to be a mapping; ``what`` is what it is, for the message."""
        return entries(self.value, self.file, what, self.help, self.line)


def _shown(value: Any) -> str:
    """What a value is, in the words of YAML."""
    if value is None or value == "":
        return "nothing" if value is None else "an empty text"
    kinds = (
        (bool, "true or false"),
        (str, "blanks"),
        ((int, float), "a number"),
        (list, "a list"),
        (dict, "a mapping"),
    )
    return next((word for kind, word in kinds if isinstance(value, kind)), "another value")


def read_yaml(path: Path, what: str, hint: str) -> Any:
    """What a YAML file holds, with the places of its keys; None where it is empty.

    Args:
        path: the file.
        what: it is, for messages: ``the defaults file``.
        hint: the page that shows such a file.

    Raises:
        ConfigurationError: it cannot be opened, or is no YAML; with its line.
        EncodingError: it is not UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigurationError(f"{what} cannot be read: {error.strerror}", file=str(path)) from error
    except UnicodeDecodeError as error:
        raise EncodingError(f"{what} is not UTF-8", file=str(path)) from error
    return load_yaml(text, str(path), hint)


def load_yaml(text: str, file: str, hint: str) -> Any:
    """What a YAML text holds, with the places of its keys; None where it is empty.

    Raises:
        ConfigurationError: it is no YAML; with its line.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return YAML().load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ConfigurationError(f"not YAML: {error.problem}", file=file, line=line, hint=hint) from error
    except (
        YAMLError,
        ValueError,
        RecursionError,
    ) as error:  # a character that no YAML may hold, a date like 2024-99-99
        raise ConfigurationError(f"not YAML: {str(error).splitlines()[0]}", file=file, hint=hint) from error


def entries(mapping: Any, file: str, what: str, hint: str, line: int = 1) -> Iterator[Entry]:
    """The entries of a mapping, in their order; none of None.

    Args:
        mapping: what :func:`load_yaml` gave, or a value in it.
        file: the file's path as the user wrote it.
        what: it is, for the message: ``the defaults file``, ``a journal``.
        hint: the page that shows such a file.
        line: of the mapping, counted from 1.

    Raises:
        ConfigurationError: it is no mapping.
    """
    from ruamel.yaml.comments import CommentedMap

    if mapping is None:
        return
    if not isinstance(mapping, CommentedMap):
        raise ConfigurationError(f"{what} has to be a mapping of keys to values", file=file, line=line, hint=hint)
    for key, value in mapping.items():
        place = (mapping.lc.data or {}).get(key)  # of what "<<" brings in, no place is known
        yield Entry(str(key), value, file, place[0] + 1 if place else line, hint)
