"""Functions over characters (docs/teradata/typing.md §3)."""

from __future__ import annotations

from dbee_dbt.ddl.expressions.bound import Operation, Typed
from dbee_dbt.ddl.expressions.calls import (
    Function,
    FunctionCall,
    answer,
    characters,
    constant_number,
    whole_number,
)
from dbee_dbt.ddl.expressions.characters import concatenated
from dbee_dbt.ddl.expressions.families import INTEGER, varchar
from dbee_dbt.ddl.expressions.problems import NotKnownError, QueryError
from dbee_dbt.model.types import DataType

_EMBEDDED = {"LATIN": 16000, "UNICODE": 8000}


def _same(call: FunctionCall) -> Typed:
    """UPPER and LOWER: the argument's own type; characters only (5399)."""
    if not call.args[0].type.is_character:
        raise QueryError(5399)
    return answer(call, call.args[0].type, shown=call.name.capitalize())


def _substr(call: FunctionCall) -> Typed:
    source = characters(call.args[0])
    others = [whole_number(arg).value for arg in call.args[1:]]
    length = source.type.length or 0
    if call.session.mode == "TERA":
        length = _possible_length(call, length)
    kind = varchar(length, source.type.charset)
    shown = "" if call.name == "SUBSTR" else "Substring"
    return answer(call, kind, source.value, *others, shown=shown)


def _possible_length(call: FunctionCall, length: int) -> int:
    """TERA mode: what the result can have, of constant arguments (typing.md §3)."""
    start = constant_number(call.args[1])
    count = constant_number(call.args[2]) if len(call.args) == 3 else length
    if start is None or count is None:
        return length
    return max(1, min(count, length - max(start, 1) + 1))


def _trim(call: FunctionCall) -> Typed:
    cut, source = characters(call.args[0]), characters(call.args[1])
    kind = varchar(source.type.length or 0, source.type.charset)
    found = answer(call, kind, source.value, cut.value, options=call.words, case=source.case_specific)
    side = "" if call.words == ("BOTH",) else f"{call.words[0].capitalize()} {call.args[0].title} FROM "
    return found.derived(found.value, f"Trim({side}{call.args[1].title})")


def _length(call: FunctionCall) -> Typed:
    if call.args[0].type.name in ("BYTE", "VARBYTE"):
        return answer(call, INTEGER)
    return answer(call, INTEGER, characters(call.args[0]).value)


def _find(call: FunctionCall) -> Typed:
    """POSITION(a IN b) and INDEX(b, a): always (wanted, where)."""
    first, second = (characters(arg) for arg in call.args)
    wanted, where = (first, second) if call.name == "POSITION" else (second, first)
    case = wanted.case_specific or where.case_specific
    return answer(call, INTEGER, wanted.value, where.value, options=(case,), shown=call.name.capitalize())


def _replace(call: FunctionCall) -> Typed:
    """OREPLACE and OTRANSLATE: the UNICODE variant, as literals beside the source choose it (typing.md §3)."""
    values = [characters(arg).value for arg in call.args]
    return answer(call, varchar(8000, "UNICODE"), *values)


def _same_length(call: FunctionCall) -> Typed:
    values = [characters(arg) for arg in call.args]
    return answer(call, varchar(values[0].type.length or 0, values[0].type.charset), *(value.value for value in values))


def _pad(call: FunctionCall) -> Typed:
    source, size = characters(call.args[0]), whole_number(call.args[1])
    more = [characters(arg).value for arg in call.args[2:]]
    charset = source.type.charset
    longest = varchar(_EMBEDDED.get(charset or "LATIN", 8000), charset)
    return answer(call, longest, source.value, size.value, *more)


def _ends(call: FunctionCall) -> Typed:
    """LEFT and RIGHT."""
    source, size = characters(call.args[0]), whole_number(call.args[1])
    return answer(call, varchar(source.type.length or 0, source.type.charset), source.value, size.value)


def _strtok(call: FunctionCall) -> Typed:
    values = [characters(arg).value for arg in call.args[:2]]
    place = [whole_number(arg).value for arg in call.args[2:]]
    source = characters(call.args[0]).type
    return answer(call, varchar(source.length or 0, source.charset), *values, *place)


def _instr(call: FunctionCall) -> Typed:
    values = [characters(arg).value for arg in call.args[:2]]
    return answer(call, INTEGER, *values, *(whole_number(arg).value for arg in call.args[2:]))


def _regexp(call: FunctionCall) -> Typed:
    """REGEXP_SUBSTR(s, p[, start[, occurrence[, match]]]) and REGEXP_REPLACE(s, p, r[, …])."""
    count = 3 if call.name == "REGEXP_REPLACE" else 2
    values = [characters(arg).value for arg in call.args[:count]]
    numbers = [whole_number(arg).value for arg in call.args[count : count + 2]]
    charset = characters(call.args[0]).type.charset
    longest = varchar(_EMBEDDED.get(charset or "LATIN", 8000), charset)
    return answer(call, longest, *values, *numbers, options=(_match_flags(call, count + 2),))


def _regexp_number(call: FunctionCall) -> Typed:
    """REGEXP_SIMILAR(s, p[, match]): 1 where the whole string matches. REGEXP_INSTR(s, p): where it begins."""
    if call.name == "REGEXP_INSTR" and len(call.args) > 2:
        raise NotKnownError("REGEXP_INSTR with more than two arguments")
    values = [characters(arg).value for arg in call.args[:2]]
    return answer(call, INTEGER, *values, options=(_match_flags(call, 2),))


def _match_flags(call: FunctionCall, index: int) -> str:
    if len(call.args) <= index:
        return "c"
    flags = getattr(call.args[index].value, "value", None)
    if flags not in ("i", "c"):
        raise NotKnownError(f"{call.written} with this match argument")
    return str(flags)


def _ascii(call: FunctionCall) -> Typed:
    return answer(call, INTEGER, characters(call.args[0]).value)


def _chr(call: FunctionCall) -> Typed:
    return answer(call, varchar(1, "UNICODE"), whole_number(call.args[0]).value)


def _translate(call: FunctionCall) -> Typed:
    """TRANSLATE(s USING UNICODE_TO_LATIN) and LATIN_TO_UNICODE."""
    target = {"UNICODE_TO_LATIN": "LATIN", "LATIN_TO_UNICODE": "UNICODE"}.get(call.words[0])
    if target is None:
        raise NotKnownError(f"TRANSLATE USING {call.words[0]}")
    source = characters(call.args[0])
    kind = DataType(source.type.name, length=source.type.length, charset=target)
    found = answer(call, kind, source.value, options=(target,))
    return found.derived(found.value, f"Translate({call.titles} USING {call.words[0]})")


def _translate_check(call: FunctionCall) -> Typed:
    if call.words[0] != "UNICODE_TO_LATIN":
        raise NotKnownError(f"TRANSLATE_CHK USING {call.words[0]}")
    return answer(call, INTEGER, characters(call.args[0]).value)


def _concat(call: FunctionCall) -> Typed:
    """CONCAT(a, b, …): as ``a || b || …``."""
    found = call.args[0]
    for arg in call.args[1:]:
        left, right = characters(found), characters(arg)
        case = left.case_specific or right.case_specific
        found = found.derived(Operation(concatenated(left, right), "||", (left.value, right.value)), "", case=case)
    return found.derived(found.value, f"{call.written}({call.titles})")


_LENGTH = "declared length unclear; the longest that the function returns is taken"

CHARACTER_FUNCTIONS: tuple[Function, ...] = (
    Function("UPPER", 1, 1, _same, shown="Upper"),
    Function("LOWER", 1, 1, _same, shown="Lower"),
    Function("CONCAT", 2, None, _concat, "typed as the operator ||"),
    Function("SUBSTR", 2, 3, _substr),
    Function("SUBSTRING", 2, 3, _substr, "with FROM and FOR only; with commas it is error 3707"),
    Function("TRIM", 2, 2, _trim),
    Function("LTRIM", 1, 2, _same_length, "declared length unclear; that of the argument is taken"),
    Function("RTRIM", 1, 2, _same_length, "declared length unclear; that of the argument is taken"),
    Function("CHAR_LENGTH", 1, 1, _length),
    Function("CHARACTER_LENGTH", 1, 1, _length),
    Function("CHARACTERS", 1, 1, _length),
    Function("CHARS", 1, 1, _length),
    Function("LENGTH", 1, 1, _length, "INTEGER is taken; some documents say NUMBER"),
    Function("OCTET_LENGTH", 1, 1, _length),
    Function("POSITION", 2, 2, _find),
    Function("INDEX", 2, 2, _find),
    Function("INSTR", 2, 2, _instr, "without start and occurrence; INTEGER is taken, some documents say NUMBER"),
    Function("OREPLACE", 2, 3, _replace, "VARCHAR(8000) CHARACTER SET UNICODE is taken"),
    Function("OTRANSLATE", 3, 3, _replace, "VARCHAR(8000) CHARACTER SET UNICODE is taken"),
    Function("LPAD", 2, 3, _pad, _LENGTH),
    Function("RPAD", 2, 3, _pad, _LENGTH),
    Function("LEFT", 2, 2, _ends, "declared length unclear; that of the argument is taken"),
    Function("RIGHT", 2, 2, _ends, "declared length unclear; that of the argument is taken"),
    Function("REVERSE", 1, 1, _same_length),
    Function("INITCAP", 1, 1, _same_length),
    Function("STRTOK", 1, 3, _strtok, "declared length unclear; that of the argument is taken"),
    Function("REGEXP_SUBSTR", 2, 5, _regexp, _LENGTH + "; match argument i or c"),
    Function("REGEXP_REPLACE", 3, 6, _regexp, _LENGTH + "; match argument i or c; start 1, occurrence 0 or 1"),
    Function("REGEXP_SIMILAR", 2, 3, _regexp_number, "INTEGER is taken; match argument i or c"),
    Function("REGEXP_INSTR", 2, 2, _regexp_number, "INTEGER is taken"),
    Function("ASCII", 1, 1, _ascii),
    Function("CHR", 1, 1, _chr, "VARCHAR(1) CHARACTER SET UNICODE is taken"),
    Function("TRANSLATE", 1, 1, _translate, "UNICODE_TO_LATIN and LATIN_TO_UNICODE"),
    Function("TRANSLATE_CHK", 1, 1, _translate_check, "UNICODE_TO_LATIN"),
)
