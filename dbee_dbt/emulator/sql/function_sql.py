"""The functions of the table as DuckDB SQL: by key, a template or a function of the operation."""

from __future__ import annotations

from collections.abc import Callable

from dbee_dbt.ddl.expressions.bound import Constant, Operation, Value
from dbee_dbt.ddl.expressions.families import digits, family, is_interval
from dbee_dbt.ddl.expressions.functions import FUNCTIONS
from dbee_dbt.ddl.expressions.intervals import FIELD_SIZE, fields
from dbee_dbt.ddl.expressions.problems import NotKnownError
from dbee_dbt.emulator.environment import Settings
from dbee_dbt.emulator.sql.conversions import cast
from dbee_dbt.emulator.sql.literals import text_sql
from dbee_dbt.emulator.sql.storage import storage_type
from dbee_dbt.model.types import DataType

Writer = Callable[[Operation, list[str], Settings], str]


def function_sql(node: Operation, args: list[str], settings: Settings) -> str | None:
    """A function call as DuckDB SQL; None where the operation is no function.

    Args:
        node: the operation.
        args: its operands as SQL.
        settings: of the session.

    Raises:
        NotKnownError: where this form of the function is not known.
    """
    template = TEMPLATES.get(node.name)
    if template is not None:
        return template.format(*args)
    writer = WRITERS.get(node.name)
    return None if writer is None else writer(node, args, settings)


TEMPLATES: dict[str, str] = {
    "UPPER": "upper({0})",
    "LOWER": "lower({0})",
    "LENGTH": "CAST(length({0}) AS INTEGER)",
    "INSTR": "CAST(td_position({1}, {0}) AS INTEGER)",
    "REVERSE": "reverse({0})",
    "INITCAP": "array_to_string(list_transform(regexp_extract_all({0}, '[\\p{{L}}\\p{{N}}]+|[^\\p{{L}}\\p{{N}}]+'), "
    "lambda w: upper(w[1]) || lower(w[2:])), '')",
    "LEFT": "substr({0}, 1, greatest(0, {1}))",
    "RIGHT": "right({0}, greatest(0, {1}))",
    "ASCII": "CAST(ascii({0}) AS INTEGER)",
    "CHR": "chr({0})",
    "OTRANSLATE": "translate({0}, {1}, {2})",
    "TRANSLATE_CHK": "CAST(regexp_matches({0}, '[^\\x{{00}}-\\x{{FF}}]') AS INTEGER)",
    "ABS": "abs({0})",
    "POWER": "td_float(pow({0}, {1}))",
    "SQRT": "sqrt({0})",
    "EXP": "td_float(exp({0}))",
    "LN": "ln({0})",
    "LOG": "log10({0})",
    "SIN": "sin({0})",
    "COS": "cos({0})",
    "TAN": "tan({0})",
    "ASIN": "asin({0})",
    "ACOS": "acos({0})",
    "ATAN": "atan({0})",
    "ATAN2": "atan2({1}, {0})",
    "SINH": "sinh({0})",
    "COSH": "cosh({0})",
    "TANH": "tanh({0})",
    "TO_NUMBER": "{0}",
    "HASH_MD5": "upper(md5({0}))",
    "RANDOM": "CAST(floor(random() * ({1} - {0} + 1)) + {0} AS INTEGER)",
    "NULLIFZERO": "nullif({0}, 0)",
    "NVL": "coalesce({0}, {1})",
    "LAST_DAY": "last_day({0})",
    "OADD_MONTHS": "td_oadd_months({0}, {1})",
}


def _counted(node: Operation, args: list[str], settings: Settings) -> str:
    """CHAR_LENGTH and kin: characters; of bytes, and for OCTET_LENGTH, bytes."""
    kind = node.args[0].type
    if family(kind) == "byte":
        return f"CAST(octet_length({args[0]}) AS INTEGER)"
    if node.name == "OCTET_LENGTH":
        if kind.charset == "UNICODE":
            return f"CAST(2 * length({args[0]}) AS INTEGER)"
        return f"CAST(length({args[0]}) AS INTEGER)"
    return f"CAST(length({args[0]}) AS INTEGER)"


def _substr(node: Operation, args: list[str], settings: Settings) -> str:
    return f"td_substr{'3' if len(args) == 3 else ''}({', '.join(args)})"


def _trim(node: Operation, args: list[str], settings: Settings) -> str:
    side = {"BOTH": "trim", "LEADING": "ltrim", "TRAILING": "rtrim"}[node.options[0]]
    return f"{side}({args[0]}, {args[1]})"


def _one_side(node: Operation, args: list[str], settings: Settings) -> str:
    return f"{node.name.lower()}({args[0]}, {args[1] if len(args) > 1 else text_sql(' ')})"


def _position(node: Operation, args: list[str], settings: Settings) -> str:
    wanted, where = args if node.options[0] else (f"upper({arg})" for arg in args)
    return f"CAST(td_position({wanted}, {where}) AS INTEGER)"


def _oreplace(node: Operation, args: list[str], settings: Settings) -> str:
    new = args[2] if len(args) > 2 else "''"
    return f"replace({args[0]}, {args[1]}, coalesce({new}, ''))"


def _pad(node: Operation, args: list[str], settings: Settings) -> str:
    filler = args[2] if len(args) > 2 else text_sql(" ")
    return f"{node.name.lower()}({args[0]}, greatest(0, {args[1]}), {filler})"


def _strtok(node: Operation, args: list[str], settings: Settings) -> str:
    delimiters = args[1] if len(args) > 1 else text_sql(" ")
    return f"td_strtok({args[0]}, {delimiters}, {args[2] if len(args) > 2 else '1'})"


def _regexp(node: Operation, args: list[str], settings: Settings) -> str:
    flags = text_sql(node.options[0])
    if node.name == "REGEXP_SUBSTR":
        start = f"td_substr({args[0]}, {args[2]})" if len(args) > 2 else args[0]
        place = args[3] if len(args) > 3 else "1"
        return f"regexp_extract_all({start}, {args[1]}, 0, {flags})[{place}]"
    if not _replaces_from_start(node):
        raise NotKnownError("REGEXP_REPLACE with this start or occurrence")
    once = len(node.args) > 4 and constant_integer(node.args[4]) == 1
    return f"regexp_replace({args[0]}, {args[1]}, {args[2]}, {text_sql(node.options[0] + ('' if once else 'g'))})"


def _replaces_from_start(node: Operation) -> bool:
    known = [constant_integer(arg) for arg in node.args[3:]]
    return known[:1] in ([], [1]) and known[1:] in ([], [0], [1])


def _similar(node: Operation, args: list[str], settings: Settings) -> str:
    return f"CAST(regexp_full_match({args[0]}, {args[1]}, {text_sql(node.options[0])}) AS INTEGER)"


def _regexp_place(node: Operation, args: list[str], settings: Settings) -> str:
    found = f"regexp_extract({args[0]}, {args[1]}, 0, {text_sql(node.options[0])})"
    return f"CAST(CASE WHEN {found} = '' THEN 0 ELSE instr({args[0]}, {found}) END AS INTEGER)"


def _translate(node: Operation, args: list[str], settings: Settings) -> str:
    return f"td_latin({args[0]})" if node.options[0] == "LATIN" else args[0]


def _sign(node: Operation, args: list[str], settings: Settings) -> str:
    return cast(f"sign({args[0]})", node.type)


def _round(node: Operation, args: list[str], settings: Settings) -> str:
    """ROUND, TRUNC, FLOOR, CEILING; ROUND goes half away from zero, as the function's manual says."""
    kind = node.args[0].type
    name = {"CEIL": "ceil", "CEILING": "ceil"}.get(node.name, node.name.lower())
    if name in ("ceil", "floor"):
        return args[0] if family(kind) == "integer" else cast(f"{name}({args[0]})", node.type)
    places = args[1] if len(args) > 1 else "0"
    constant = constant_integer(node.args[1]) if len(args) > 1 else 0
    if family(kind) == "float":
        return f"{name}({args[0]}, {places})" if name == "round" else _cut_float(args[0], places)
    wide = f"CAST({args[0]} AS DECIMAL(38,{min(19, digits(kind)[1] + 1)}))"
    template = "round({0}, {1})" if name == "round" else "({0} - {0} % {2})"
    if constant is not None:
        return cast(_at_places(template, wide, constant), node.type)
    branches = " ".join(f"WHEN {n} THEN {_at_places(template, wide, n)}" for n in range(-9, 10))
    return cast(f"CASE {places} {branches} END", node.type)


def _cut_float(sql: str, places: str) -> str:
    return f"(trunc({sql} * pow(10, {places})) / pow(10, {places}))"


def _at_places(template: str, sql: str, places: int) -> str:
    """A template of (number, places, unit of that place)."""
    return template.format(sql, places, f"CAST(1e{-places} AS DECIMAL(38,10))")


def constant_integer(value: Value) -> int | None:
    """The value of an integer that is known while the statement is read, or None."""
    match value:
        case Constant(value=int(known)):
            return known
        case Operation(name="negate", args=(inner,)):
            known_inner = constant_integer(inner)
            return None if known_inner is None else -known_inner
        case Operation(name="convert", args=(inner,)):
            return constant_integer(inner)
    return None


def _zero_if_null(node: Operation, args: list[str], settings: Settings) -> str:
    return f"coalesce({args[0]}, {cast('0', node.type)})"


def _coalesce(node: Operation, args: list[str], settings: Settings) -> str:
    return f"coalesce({', '.join(args)})"


def _extreme(node: Operation, args: list[str], settings: Settings) -> str:
    """NULL if any argument is NULL."""
    some = " OR ".join(f"{arg} IS NULL" for arg in args)
    return f"CASE WHEN {some} THEN NULL ELSE {node.name.lower()}({', '.join(args)}) END"


def _hashrow(node: Operation, args: list[str], settings: Settings) -> str:
    parts = [f"coalesce(CAST({arg} AS VARCHAR), '')" for arg in args]
    return "td_hash(" + " || chr(31) || ".join(parts) + ")"


def _query_band(node: Operation, args: list[str], settings: Settings) -> str:
    return text_sql(settings.query_band)


def _extract(node: Operation, args: list[str], settings: Settings) -> str:
    field, source = node.options
    if is_interval(source):
        return cast(_interval_field(args[0], field, source), node.type)
    if field == "SECOND" and (source.scale or 0):
        return cast(f"second({args[0]}) + microsecond({args[0]}) % 1000000 / 1000000", node.type)
    return f"CAST({field.lower()}({args[0]}) AS INTEGER)"


def _interval_field(sql: str, field: str, kind: DataType) -> str:
    names = fields(kind)
    rest = sql if field == names[0] else f"({sql} % {FIELD_SIZE[names[names.index(field) - 1]]})"
    if field == "SECOND" and kind.scale:
        return f"{rest} / 1000000"
    return f"{rest} // {FIELD_SIZE[field]}"


def _add_months(node: Operation, args: list[str], settings: Settings) -> str:
    return f"CAST(td_add_months({args[0]}, {args[1]}) AS {storage_type(node.type)})"


def _trunc_date(node: Operation, args: list[str], settings: Settings) -> str:
    unit = node.options[0]
    if unit == "week from sunday":
        return f"({args[0]} - dayofweek({args[0]})::INTEGER)"
    return args[0] if unit == "day" else f"CAST(date_trunc({text_sql(unit)}, {args[0]}) AS DATE)"


def _to_char(node: Operation, args: list[str], settings: Settings) -> str:
    if not node.options:
        return f"CAST({args[0]} AS VARCHAR)"
    return f"strftime({args[0]}, {text_sql(node.options[0])})"


def _to_moment(node: Operation, args: list[str], settings: Settings) -> str:
    pattern = node.options[0]
    if pattern is None:
        return f"td_timestamp_text({args[0]}, 6)"
    reader = "td_read_date" if node.name == "TO_DATE" else "td_read_timestamp"
    return f"{reader}({args[0]}, {text_sql(pattern)})"


def _today(node: Operation, args: list[str], settings: Settings) -> str:
    return f"DATE '{settings.now:%Y-%m-%d}'"


def _now(node: Operation, args: list[str], settings: Settings) -> str:
    scale = node.options[0]
    micro = settings.now.microsecond // 10 ** (6 - scale) * 10 ** (6 - scale)
    moment = settings.now.replace(microsecond=micro)
    if node.name == "CURRENT_TIME":
        return f"TIME '{moment:%H:%M:%S.%f}'"
    return f"TIMESTAMP '{moment:%Y-%m-%d %H:%M:%S.%f}'"


def _clock_digits(node: Operation, args: list[str], settings: Settings) -> str:
    return f"CAST('{settings.now:%H%M%S}.{settings.now.microsecond // 10000:02d}' AS DOUBLE)"


def _session_number(node: Operation, args: list[str], settings: Settings) -> str:
    return f"CAST({settings.session} AS INTEGER)"


def _session_name(node: Operation, args: list[str], settings: Settings) -> str:
    values = {"USER": settings.user, "CURRENT_USER": settings.user, "DATABASE": settings.database}
    if node.name not in values:
        raise NotKnownError(f"the built-in value {node.name}")
    return text_sql(values[node.name])


WRITERS: dict[str, Writer] = {
    **dict.fromkeys(("CHAR_LENGTH", "CHARACTER_LENGTH", "CHARACTERS", "CHARS", "OCTET_LENGTH"), _counted),
    **dict.fromkeys(("SUBSTR", "SUBSTRING"), _substr),
    "TRIM": _trim,
    **dict.fromkeys(("LTRIM", "RTRIM"), _one_side),
    **dict.fromkeys(("POSITION", "INDEX"), _position),
    "OREPLACE": _oreplace,
    **dict.fromkeys(("LPAD", "RPAD"), _pad),
    "STRTOK": _strtok,
    **dict.fromkeys(("REGEXP_SUBSTR", "REGEXP_REPLACE"), _regexp),
    "REGEXP_SIMILAR": _similar,
    "REGEXP_INSTR": _regexp_place,
    "TRANSLATE": _translate,
    "SIGN": _sign,
    **dict.fromkeys(("ROUND", "TRUNC", "FLOOR", "CEIL", "CEILING"), _round),
    "ZEROIFNULL": _zero_if_null,
    "COALESCE": _coalesce,
    **dict.fromkeys(("GREATEST", "LEAST"), _extreme),
    "HASHROW": _hashrow,
    "GETQUERYBAND": _query_band,
    "EXTRACT": _extract,
    "ADD_MONTHS": _add_months,
    "TRUNC DATE": _trunc_date,
    "TO_CHAR": _to_char,
    **dict.fromkeys(("TO_DATE", "TO_TIMESTAMP", "TO_TIMESTAMP_TZ"), _to_moment),
    "CURRENT_DATE": _today,
    **dict.fromkeys(("CURRENT_TIME", "CURRENT_TIMESTAMP"), _now),
    "TIME": _clock_digits,
    "SESSION": _session_number,
    **dict.fromkeys(("USER", "CURRENT_USER", "DATABASE", "ACCOUNT", "ROLE", "CURRENT_ROLE", "PROFILE"), _session_name),
}

REWRITTEN = frozenset({"NULLIF", "NVL2", "DECODE", "CONCAT", "GROUPING"})
"""Functions that are bound as CASE or as an operator, or that the SELECT around them writes."""

assert not set(FUNCTIONS) - set(TEMPLATES) - set(WRITERS) - REWRITTEN, "each function of the table has its SQL"
