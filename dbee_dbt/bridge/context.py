"""What our macros may use of dbt's Jinja context; the same names, the same meaning.

``return`` ``var`` ``exceptions.raise_compiler_error`` ``exceptions.warn`` ``tojson`` ``fromjson`` ``log`` ``print``
``execute`` ``set`` ``zip`` ``local_md5``; beside them ``context`` and ``dbee_dbt`` (every macro by name), the statement
``{% do %}``, and what Jinja itself gives (``range``, ``dict``, ``namespace``, filters, tests).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

_MISSING = object()


class Returned(BaseException):
    """Carries the value of ``return()`` up to the macro it ends. Not an Exception: no macro may catch it."""

    def __init__(self, value: Any) -> None:
        self.value = value


class MacroRaised(Exception):  # noqa: N818 - what raise_compiler_error raises
    """What ``exceptions.raise_compiler_error`` raises."""


class _Exceptions:
    """The part of dbt's ``exceptions`` that macros may use."""

    def __init__(self, log: Callable[[str], None]) -> None:
        self._log = log

    def raise_compiler_error(self, message: str, node: object = None) -> NoReturn:
        raise MacroRaised(message)

    def warn(self, message: str, node: object = None) -> str:
        self._log(message)
        return ""


def functions(variables: Mapping[str, Any], log: Callable[[str], None]) -> dict[str, Any]:
    """The context functions by name.

    Args:
        variables: what ``var()`` answers.
        log: takes what the macros log or print.
    """

    def write(message: object, info: bool = False) -> str:
        log(str(message))
        return ""

    def var(name: str, default: Any = _MISSING) -> Any:
        if name in variables:
            return variables[name]
        if default is _MISSING:
            raise MacroRaised(f"Required var {name!r} not found")
        return default

    return {
        "return": give_back,
        "var": var,
        "exceptions": _Exceptions(log),
        "tojson": _tojson,
        "fromjson": _fromjson,
        "log": write,
        "print": write,
        "execute": True,
        "set": set,
        "zip": zip,
        "local_md5": lambda value: hashlib.md5(value.encode("utf-8"), usedforsecurity=False).hexdigest(),
    }


def give_back(value: Any = None) -> NoReturn:
    """``return()``: ends the macro that calls it.

    Raises:
        Returned: with the value.
    """
    raise Returned(value)


def _tojson(value: Any, default: Any = None, sort_keys: bool = False) -> Any:
    try:
        return json.dumps(value, sort_keys=sort_keys)
    except ValueError:
        return default


def _fromjson(text: str, default: Any = None) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return default
