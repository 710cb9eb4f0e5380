"""Operators as they are written, and how tightly they bind (SQL Functions, Expressions, and Predicates, B035-1145)."""

from __future__ import annotations

COMPARISONS = {
    "=": "=",
    "EQ": "=",
    "<>": "<>",
    "NE": "<>",
    "^=": "<>",
    "!=": "!=",
    "<": "<",
    "LT": "<",
    "<=": "<=",
    "LE": "<=",
    ">": ">",
    "GT": ">",
    ">=": ">=",
    "GE": ">=",
}
PERIOD_PREDICATES = ("OVERLAPS", "CONTAINS", "MEETS", "PRECEDES", "SUCCEEDS", "EQUALS", "IMMEDIATELY")
PERIOD_OPERATORS = ("P_INTERSECT", "P_NORMALIZE", "LDIFF", "RDIFF")

# A prefix NOT stands between AND and the predicates.
OR, AND, NOT, PREDICATE, SUM, PRODUCT, POWER = range(1, 8)
LEVELS = {
    "OR": OR,
    "AND": AND,
    **dict.fromkeys((*COMPARISONS, *PERIOD_PREDICATES, "NOT", "^", "IS", "BETWEEN", "IN", "LIKE"), PREDICATE),
    **dict.fromkeys(("+", "-", "||", "!", *PERIOD_OPERATORS), SUM),
    **dict.fromkeys(("*", "/", "MOD"), PRODUCT),
    "**": POWER,
}
