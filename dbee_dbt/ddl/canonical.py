"""One spacing for an expression, however it was written: by hand, by SHOW TABLE or in the dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import zip_longest

from dbee_dbt.ddl.lexer import Token, significant, tokenize
from dbee_dbt.ddl.literals import name_of
from dbee_dbt.model.names import fold, identifier

# Spelled differently, the same operator (SQL Functions, Operators, Expressions and Predicates, B035-1145).
_OPERATORS = {"EQ": "=", "NE": "<>", "^=": "<>", "~=": "<>", "!=": "<>", "LT": "<", "LE": "<=", "GT": ">", "GE": ">="}
_SIGN_FOLLOWS = frozenset(
    """( , = <> < <= > >= + - * / ** || AND OR NOT BETWEEN IN THEN ELSE WHEN CASE EACH LIKE MOD DEFAULT
    START WITH INCREMENT BY MINVALUE MAXVALUE RETURN""".split()
)
_NAMES = frozenset({"word", "quoted name", "placeholder"})
_NAME_PARTS = _NAMES | {"number"}
_NUMERIC = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?: ?[eE] ?[-+]?[0-9]{1,3})?\Z")
_SIGN = "a sign"  # stands for "-" and "+" in front of a number
_BLANK_BEFORE_PARENTHESIS = frozenset(
    "= <> < <= > >= + - * / ** || AND OR NOT BETWEEN IN THEN ELSE WHEN CASE LIKE ANY ALL SOME EXISTS MOD".split()
)


def canonical(text: str) -> str:
    """The canonical spelling of an expression or clause.

    Words and names stay as written, names in quotes only where they need them, literals as they are, numbers with
    a digit before the point, operators in one spelling, comments dropped, and blanks only where they are customary.
    So two texts of the same tokens become the same string but for the case of their words, which does not count:
    compare them by :func:`dbee_dbt.model.names.fold_code`. Reading the result again changes nothing.

    Args:
        text: Teradata SQL, with any line ends.
    """
    return canonical_tokens(significant(tokenize(text)))


def canonical_tokens(tokens: Iterable[Token]) -> str:
    """The canonical spelling of these significant tokens; see :func:`canonical`."""
    text, last = "", ""
    before: Token | None = None
    all_tokens = list(tokens)
    for token, behind in zip_longest(all_tokens, all_tokens[1:]):
        is_part_of_name = token.kind == "word" and (last == "." or (behind is not None and behind.key == "."))
        spelled = token.text if is_part_of_name else _spelled(token)
        if before is not None and not _touches(before, token, last, spelled):
            text += " "
        is_sign = spelled in ("-", "+") and (not last or last in _SIGN_FOLLOWS)
        text += spelled
        last = _SIGN if is_sign else token.key if spelled is token.text else fold(spelled)
        before = token
    return text


def _touches(before: Token, token: Token, last: str, spelled: str) -> bool:
    """True if no blank stands between two tokens; given are the first one in upper case and the second as spelled."""
    if last == _SIGN:
        return spelled not in ("-", "+")
    if spelled in (",", ")", ";") or last == "(":
        return True
    if spelled == "(":
        return last not in _BLANK_BEFORE_PARENTHESIS and last != ","
    if spelled == "." or last == ".":
        other = before if spelled == "." else token
        return other.kind in _NAMES or other.key in ("*", ")")
    return are_one_name(before, token)


def are_one_name(before: Token, token: Token) -> bool:
    """True if a placeholder joins two tokens to one name: ``${ENV}_SALES``."""
    if before.end != token.start or "placeholder" not in (before.kind, token.kind):
        return False
    return before.kind in _NAME_PARTS and token.kind in _NAME_PARTS


def _spelled(token: Token) -> str:
    if token.kind == "word":
        return _OPERATORS.get(token.key, token.text)
    if token.kind == "number":
        return number(token.text)
    if token.kind == "quoted name":
        return _quoted(token.text)
    return _OPERATORS.get(token.text, token.text)


def _quoted(text: str) -> str:
    # U&"…" depends on the UESCAPE that may follow, so it stays.
    return text if text[0] in "uU" else identifier(name_of(text))


def number(text: str) -> str:
    """A numeric literal in one spelling that keeps its type: ``.5`` is ``0.5``, ``1e3`` is ``1E3``."""
    text = text.upper()
    return "0" + text if text[0] == "." else text


def value(text: str) -> str:
    """A number in one spelling that keeps only its value: ``007.50`` is ``7.5``; other text stays.

    For places where a column's type decides, as in the list of COMPRESS.
    """
    sign, digits = ("-", text[1:]) if text[:1] in "-+" else ("", text)
    sign = sign if text[:1] == "-" else ""
    whole, point, fraction = digits.partition(".")
    if not (whole + fraction).isdigit() or not (whole + fraction).isascii():
        return text
    fraction = fraction.rstrip("0") if point else ""
    found = (whole.lstrip("0") or "0") + ("." + fraction if fraction else "")
    return found if found == "0" else sign + found


def plain(text: str) -> str:
    """A FLOAT literal as a decimal number of at most 15 digits: ``1.50000000000000E 003`` is ``1500``.

    Args:
        text: a number with or without an exponent, also as SHOW prints it, with a blank for the sign of the exponent.
    """
    number = Decimal(f"{Decimal(text.replace(' ', '')):.14E}")
    return f"{number.normalize():f}" if number else "0"


def is_number(text: str) -> bool:
    """True for a numeric literal with its sign."""
    return _NUMERIC.match(text) is not None
