"""Functions over numbers, and those that choose among values (docs/teradata/typing.md §3)."""

from __future__ import annotations

from dbee_dbt.ddl.expressions.bound import CONDITION, Choice, Constant, Operation, Typed, Value
from dbee_dbt.ddl.expressions.calls import Function, FunctionCall, answer, characters, number, whole_number
from dbee_dbt.ddl.expressions.characters import common_type
from dbee_dbt.ddl.expressions.compare import compared, key, meeting
from dbee_dbt.ddl.expressions.convert import convert
from dbee_dbt.ddl.expressions.families import (
    FLOAT,
    INTEGER,
    decimal,
    digits,
    family,
    varchar,
)
from dbee_dbt.ddl.expressions.problems import NotKnownError
from dbee_dbt.model.types import DataType


def _same(call: FunctionCall) -> Typed:
    arg = number(call.args[0])
    return answer(call, arg.type, arg.value)


def _rounded(call: FunctionCall) -> Typed:
    """ROUND, FLOOR, CEILING: DECIMAL(n, s) widens by a digit (typing.md §3). TRUNC keeps its type."""
    arg = number(call.args[0])
    places = [whole_number(other).value for other in call.args[1:]]
    kind = arg.type
    if family(kind) == "decimal" and call.name != "TRUNC":
        precision, scale = digits(kind)
        kind = decimal(precision + 1, scale) if precision < 38 else decimal(38, max(scale - 1, 0))
    return answer(call, kind, arg.value, *places)


def _float(call: FunctionCall) -> Typed:
    values = [convert(number(arg), FLOAT, "implicit") for arg in call.args]
    return answer(call, FLOAT, *values)


def _random(call: FunctionCall) -> Typed:
    return answer(call, INTEGER, *(whole_number(arg).value for arg in call.args))


def _zero_or_null(call: FunctionCall) -> Typed:
    arg = number(call.args[0])
    return answer(call, arg.type, arg.value, shown=call.name.capitalize())


def _coalesce(call: FunctionCall) -> Typed:
    """COALESCE is a searched CASE (typing.md §3)."""
    kind = common_type(call.args, call.session.max_decimal)
    values = tuple(convert(arg, kind, "implicit") for arg in call.args)
    case = any(arg.case_specific for arg in call.args)
    found = Operation(kind, "COALESCE", values)
    return Typed(found, case_specific=case, title="<CASE  expression>")


def _nullif(call: FunctionCall) -> Typed:
    first, second = call.args
    if family(second.type) == "null":
        return first.derived(first.value, "<CASE  expression>", nullable=True)
    condition = compared("=", first, second)
    value = Choice(first.type, ((condition, Constant(first.type, None)),), first.value)
    return first.derived(value, "<CASE  expression>", nullable=True)


def _embedded_type(call: FunctionCall, args: tuple[Typed, ...]) -> DataType:
    """The type NVL, LEAST, GREATEST … choose: other rules than COALESCE (typing.md §3)."""
    typed = [arg for arg in args if family(arg.type) != "null"]
    families = {family(arg.type) for arg in typed}
    if families == {"char"}:
        first = typed[0].type
        return varchar(max(arg.type.length or 0 for arg in typed), first.charset)
    if "char" in families and len(families) > 1:
        raise NotKnownError(f"{call.written} over characters and other types")
    if families == {"decimal"}:
        return _enough([digits(arg.type) for arg in typed])
    if families == {"decimal", "integer"}:
        raise NotKnownError(f"the result type of {call.written} over DECIMAL and integers")
    return common_type(typed, call.session.max_decimal)


def _enough(pairs: list[tuple[int, int]]) -> DataType:
    """Enough integer digits and scale for all; above 38 digits the scale shrinks."""
    whole, scale = max(m - n for m, n in pairs), max(n for _, n in pairs)
    if whole + scale <= 38:
        return decimal(whole + scale, scale)
    return decimal(38, max(0, 38 - whole))


def _nvl(call: FunctionCall) -> Typed:
    kind = _embedded_type(call, call.args)
    return answer(call, kind, *(convert(arg, kind, "implicit") for arg in call.args))


def _nvl2(call: FunctionCall) -> Typed:
    kind = _embedded_type(call, call.args[1:])
    filled = Operation(CONDITION, "is not null", (call.args[0].value,))
    yes, no = (convert(arg, kind, "implicit") for arg in call.args[1:])
    found = answer(call, kind)
    return found.with_value(Choice(kind, ((filled, yes),), no))


def _extreme(call: FunctionCall) -> Typed:
    kind = _embedded_type(call, call.args)
    if kind.is_character:
        raise NotKnownError(f"{call.written} over characters")
    return answer(call, kind, *(convert(arg, kind, "implicit") for arg in call.args))


def _decode(call: FunctionCall) -> Typed:
    """DECODE(x, a, r, …, default): NULL equals NULL."""
    subject, rest = call.args[0], call.args[1:]
    pairs = [(rest[i], rest[i + 1]) for i in range(0, len(rest) - 1, 2)]
    default = rest[-1] if len(rest) % 2 else None
    results = tuple(result for _, result in pairs) + ((default,) if default else ())
    kind = _embedded_type(call, results)
    branches = tuple((_matches(subject, wanted), convert(result, kind, "implicit")) for wanted, result in pairs)
    otherwise = convert(default, kind, "implicit") if default else None
    found = answer(call, kind)
    return found.with_value(Choice(kind, branches, otherwise))


def _matches(subject: Typed, wanted: Typed) -> Value:
    if family(wanted.type) == "null":
        return Operation(CONDITION, "is null", (subject.value,))
    return Operation(CONDITION, "is not distinct from", meeting(subject, wanted))


def _hashrow(call: FunctionCall) -> Typed:
    return answer(call, DataType("BYTE", length=4), *(_hashed(arg) for arg in call.args))


def _to_number(call: FunctionCall) -> Typed:
    kind = DataType("NUMBER")
    return answer(call, kind, convert(characters(call.args[0]), kind, "implicit"))


def _grouping(call: FunctionCall) -> Typed:
    return answer(call, INTEGER, key(call.args[0]))


def _md5(call: FunctionCall) -> Typed:
    """The function that dbt-teradata's hash macro calls; a site installs it in any database."""
    return answer(call, DataType("CHAR", length=32, charset="LATIN"), characters(call.args[0]).value)


def _hashed(arg: Typed) -> Value:
    """Equal values hash alike: characters by the form in which they compare."""
    if arg.type.is_character:
        return Operation(arg.type, "key", (arg.value,), (arg.case_specific,))
    return characters(arg).value if family(arg.type) != "byte" else arg.value


def _no_arguments(call: FunctionCall) -> Typed:
    return answer(call, varchar(2048, "UNICODE"))


_FLOATS = ("SQRT", "EXP", "LN", "LOG", "SIN", "COS", "TAN", "ASIN", "ACOS", "ATAN", "SINH", "COSH", "TANH")

NUMBER_FUNCTIONS: tuple[Function, ...] = (
    Function("ABS", 1, 1, _same),
    Function("SIGN", 1, 1, _same, "the argument's type is taken"),
    Function("ROUND", 1, 2, _rounded),
    Function("FLOOR", 1, 1, _rounded),
    Function("CEILING", 1, 1, _rounded),
    Function("CEIL", 1, 1, _rounded),
    Function("TRUNC", 1, 2, _rounded),
    Function("POWER", 2, 2, _float, "FLOAT is taken"),
    *(Function(name, 1, 1, _float) for name in _FLOATS),
    Function("ATAN2", 2, 2, _float),
    Function("RANDOM", 2, 2, _random),
    Function("ZEROIFNULL", 1, 1, _zero_or_null),
    Function("NULLIFZERO", 1, 1, _zero_or_null),
    Function("COALESCE", 2, None, _coalesce),
    Function("NULLIF", 2, 2, _nullif),
    Function("NVL", 2, 2, _nvl, "over characters and other types refused"),
    Function("NVL2", 3, 3, _nvl2, "over characters and other types refused"),
    Function("DECODE", 3, None, _decode, "over characters and other types refused"),
    Function("GREATEST", 1, 10, _extreme, "over characters refused"),
    Function("LEAST", 1, 10, _extreme, "over characters refused"),
    Function("HASHROW", 1, None, _hashrow, "a hash of four bytes, and not Teradata's own row hash"),
    Function("TO_NUMBER", 1, 1, _to_number, "without a format"),
    Function("GROUPING", 1, 1, _grouping, "INTEGER is taken"),
    Function("HASH_MD5", 1, 1, _md5, "in any database, as sites install it; CHAR(32) CHARACTER SET LATIN is taken"),
    Function("GETQUERYBAND", 0, 0, _no_arguments),
)
