"""Date and time patterns: Oracle-style ones of TO_CHAR and TO_DATE, and Teradata's FORMAT, as strftime patterns."""

from __future__ import annotations

import re

from dbee_dbt.ddl.expressions.problems import NotKnownError

# Pattern elements and what strftime calls them, longest first (SQL Functions, B035-1145, "TO_CHAR", "TO_DATE").
_ORACLE = {
    "YYYY": "%Y",
    "YY": "%y",
    "MONTH": None,
    "MON": "%b",
    "MM": "%m",
    "DDD": "%j",
    "DD": "%d",
    "DY": "%a",
    "HH24": "%H",
    "HH12": "%I",
    "HH": "%I",
    "MI": "%M",
    "SS": "%S",
    "FF6": "%f",
    "FF": "%f",
    "AM": "%p",
    "PM": "%p",
}
_ORACLE_TOKEN = re.compile("|".join(sorted(_ORACLE, key=len, reverse=True)) + r"|[-/., :;]|\"[^\"]*\"|T", re.IGNORECASE)

# SQL Data Types and Literals, B035-1143, "FORMAT Phrase and DateTime Formats".
_FORMAT = {
    "YYYY": "%Y",
    "Y4": "%Y",
    "YY": "%y",
    "MMM": "%b",
    "M3": "%b",
    "MM": "%m",
    "DDD": "%j",
    "D3": "%j",
    "DD": "%d",
    "HH": "%H",
    "MI": "%M",
    "SS": "%S",
    "B": " ",
}
_FORMAT_TOKEN = re.compile("|".join(sorted(_FORMAT, key=len, reverse=True)) + r"|[-/., :]|'[^']*'", re.IGNORECASE)


def oracle_pattern(text: str, *, reading: bool) -> str:
    """The strftime pattern of a TO_CHAR or TO_DATE format.

    Args:
        text: the format.
        reading: True for text -> value.

    Raises:
        NotKnownError: where an element is not known.
    """
    if re.search(r"FF[1-5]|FF[7-9]", text, re.IGNORECASE):
        raise NotKnownError(f"the format '{text}'")
    return _translated(text, _ORACLE_TOKEN, _ORACLE, reading)


def format_pattern(text: str, *, reading: bool) -> str:
    """The strftime pattern of a FORMAT of DATE, TIME or TIMESTAMP.

    Raises:
        NotKnownError: where an element is not known.
    """
    return _translated(text, _FORMAT_TOKEN, _FORMAT, reading)


def _translated(
    text: str, tokens: re.Pattern[str], names: dict[str, str | None] | dict[str, str], reading: bool
) -> str:
    result, position = "", 0
    while position < len(text):
        match = tokens.match(text, position)
        if match is None:
            raise NotKnownError(f"the format '{text}'")
        found = match.group()
        element = names.get(found.upper(), found.strip("\"'"))
        if element is None or (reading and element in ("%a", "%y")):
            raise NotKnownError(f"the format '{text}'")
        result += element
        position = match.end()
    return result
