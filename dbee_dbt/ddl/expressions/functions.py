"""The table of functions: whatever is not in it is refused by name."""

from __future__ import annotations

from dbee_dbt.ddl.expressions.bound import Typed
from dbee_dbt.ddl.expressions.calls import Function, FunctionCall
from dbee_dbt.ddl.expressions.character_functions import CHARACTER_FUNCTIONS
from dbee_dbt.ddl.expressions.families import family
from dbee_dbt.ddl.expressions.moment_functions import MOMENT_FUNCTIONS, truncated
from dbee_dbt.ddl.expressions.number_functions import NUMBER_FUNCTIONS
from dbee_dbt.ddl.expressions.problems import QueryError

FUNCTIONS: dict[str, Function] = {
    function.name: function for function in (*CHARACTER_FUNCTIONS, *NUMBER_FUNCTIONS, *MOMENT_FUNCTIONS)
}
"""Every scalar function by its key."""


def applied(call: FunctionCall) -> Typed:
    """The result of a function of the table.

    Raises:
        QueryError: 9881 for a wrong number of arguments, and what the function's rule raises.
        NotKnownError: where the rule does not know the result.
    """
    function = FUNCTIONS[call.name]
    count = len(call.args)
    if count < function.least or (function.most is not None and count > function.most):
        raise QueryError(9881, call.written)
    if call.name == "TRUNC" and family(call.args[0].type) in ("date", "timestamp"):
        return truncated(call)
    return function.rule(call)
