"""Failures at run time: what DuckDB says becomes Teradata's error, or the emulator's own refusal."""

from __future__ import annotations

import re

from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.emulator.errors import TEXTS, EmulatorRefusal, TeradataError

_RAISED = re.compile(r"\[td:(\d+)(?::([^\]]*))?\]")
_REFUSED = re.compile(r"\[refused:([^\]]*)\]")

# DuckDB's own run-time errors, by a piece of their text.
_SIGNS = (
    ("Overflow in", 2616),
    ("out of range", 2616),
    ("Could not cast value", 2616),
    ("Failed to cast decimal value", 2616),
    ("Could not convert string", 2616),  # of digits only: all else is looked at before it is cast
    ("Division by zero", 2618),
    ("More than one row returned by a subquery", 3669),
    ("negative substring length", 2662),
)

_MORE_TEXTS = {
    2662: "SUBSTR: string subscript out of bounds.",
    3568: "Cannot nest aggregate operations.",
    3569: "Improper use of an aggregate function in a WHERE Clause.",
    3574: "Invalid use of a WHERE or HAVING clause or an aggregate without a FROM.",
    3607: "Too many values in a subquery.",
    3617: "FORMAT '{}' does not match the datatype.",
    3637: "Invalid ORDER BY constant.",
    3640: "Comparing BYTE data in column {} with other types is illegal.",
    3662: "The concatenation of BYTE and other types is illegal.",
    3532: "Conversion between BYTE data and other types is illegal.",
    3669: "More than one value was returned by a subquery.",
    3731: "The user must use IS NULL or IS NOT NULL to test for NULL values.",
    3754: "Precision error in FLOAT type constant or during implicit conversions.",
    3760: "String not terminated before end of text.",
    3775: "Invalid hexadecimal constant.",
    3776: "Comment not terminated before end of request text.",
    3778: "Only a SELECT statement may follow the LOCK ROW modifier.",
    3798: "A column or character expression is larger than the max size.",
    3800: "Datatype Mismatch in THEN/ELSE expression.",
    3848: "The ORDER BY clause must contain only integer constants.",
    3863: "Duplicate definition of '{}' in NAMED phrase.",
    3883: "Invalid GROUP BY constant.",
    5317: "Constraint violation: Check error in field {}.",
    5399: "The argument of UPPER or LOWER must be of character type.",
    5404: "Datetime Field Overflow.",
    5407: "Invalid operation for DateTime or Interval.",
    5475: "The SAMPLE clause may not be used in the operand of a set operator.",
    5479: "Ordered Analytical Functions not allowed in WHERE Clause.",
    5480: "Ordered Analytical Functions can not be nested.",
    5481: "Ordered Analytical Functions not allowed in GROUP BY Clause.",
    6706: "The string contains an untranslatable character.",
    6758: "Invalid time.",
    6760: "Invalid timestamp.",
    6916: "TOP N Syntax error: {}",
    6926: "WITH [RECURSIVE] clause or recursive view is not supported within WITH [RECURSIVE] definitions.",
    7453: "Interval field overflow.",
    7454: "DateTime field overflow.",
    7547: "Target row updated by multiple source rows.",
    9881: "Function '{}' called with an invalid number or type of parameters.",
}


def teradata_error(code: int, *names: str) -> TeradataError:
    """The Teradata error of this number; its text is from memory where docs/teradata/errors.md does not hold it."""
    text = TEXTS.get(code) or _MORE_TEXTS.get(code, "")
    padded = (*names, *[""] * text.count("{}"))
    return TeradataError(code, text.format(*padded).rstrip() if "{}" in text else text)


def explained(error: Exception) -> Exception:
    """What a failure means to the user: Teradata's error, a refusal, or the failure itself if it is a fault of ours.

    Args:
        error: a problem found while binding, or what DuckDB raised.
    """
    if isinstance(error, QueryError):
        return teradata_error(error.code, *error.names)
    if isinstance(error, NotKnownError):
        return EmulatorRefusal(error.what)
    text = str(error)
    if raised := _RAISED.search(text):
        return teradata_error(int(raised[1]), *([raised[2]] if raised[2] else []))
    if refused := _REFUSED.search(text):
        return EmulatorRefusal(refused[1])
    for sign, code in _SIGNS:
        if sign in text:
            return teradata_error(code)
    return EmulatorRefusal(f"this statement; the engine says: {text.splitlines()[0] if text else type(error).__name__}")
