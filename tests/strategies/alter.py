"""ALTER TABLE from its grammar (docs/teradata/ddl.md §2.3), made independently of the product's writer."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.strategies.ddl import (
    OPTIONS,
    Tokens,
    attributes,
    conditions,
    constraints,
    filled,
    levels,
    names,
    row,
    types,
    words,
)

_BOUND = words("1", "- 5", "DATE '2020-01-01'", "CURRENT_DATE - INTERVAL '3' MONTH", "TIMESTAMP '2020-01-01 00:00:00'")
_EACH = words("", "", "EACH 2", "EACH INTERVAL '1' MONTH", "EACH INTERVAL '7' DAY")
_TABLE = st.one_of(row(names()), row(names(), ".", names()))
_INTO = st.one_of(st.just([]), st.just([]), row("INTO", names()))
_HANDLER = st.one_of(words("", "", "WITH DELETE"), row(words("WITH INSERT", "WITH INSERT INTO"), _TABLE))
_WITHOUT = words("", "", "WITHOUT DELETE")
_SPECIAL = words("NO RANGE", "UNKNOWN", "NO RANGE OR UNKNOWN", "NO RANGE , UNKNOWN")
_RANGE_WORD = words("RANGE", "RANGE", "RANGE#L1", "RANGE#L12")


def _listed(found: list[Tokens]) -> Tokens:
    return [token for place, item in enumerate(found) for token in ([",", *item] if place else item)]


def several(item: st.SearchStrategy[Tokens], most: int = 3) -> st.SearchStrategy[Tokens]:
    """So many of these, with commas between them."""
    return st.lists(item, min_size=1, max_size=most).map(_listed)


def _definitions() -> st.SearchStrategy[Tokens]:
    """A column with its type, some attributes, or both."""
    typed = row(names(), types(), attributes())
    untyped = row(names(), attributes().filter(bool))
    return st.one_of(typed, untyped)


def _column_actions() -> st.SearchStrategy[Tokens]:
    group = row("(", several(_definitions()), ")")
    listed = row("(", several(st.one_of(_definitions(), row(names()))), ")")
    compress = words("", "AUTO COMPRESS", "NO AUTO COMPRESS")
    return st.one_of(
        row("ADD", _definitions(), _INTO),
        row("ADD", group, _INTO),
        row(words("ADD COLUMN", "ADD ROW", "ADD SYSTEM"), listed, compress),
        row("ADD (", names(), ")", compress),
        row("ADD", several(row(names())), "CONSTRAINT"),
        row("DROP", several(row(names())), "CONSTRAINT"),
        row("DROP", names(), words("", "", "IDENTITY", "WITHOUT DELETE")),
        row("RENAME", names(), words("TO", "AS"), names()),
    )


def _constraint_actions() -> st.SearchStrategy[Tokens]:
    named = row("CONSTRAINT", names())
    reference = row("FOREIGN KEY ( a ) REFERENCES", words("", "WITH NO CHECK OPTION"), _TABLE, words("", "( b )"))
    return st.one_of(
        row("ADD", constraints()),
        row("MODIFY", st.one_of(st.just([]), named, row(names())), "CHECK (", conditions(), ")"),
        row("DROP", named, words("", "CHECK")),
        row("DROP", st.one_of(st.just([]), row(names())), "CHECK"),
        row("DROP", st.one_of(st.just([]), named), reference),
        words("DROP INCONSISTENT REFERENCES"),
    )


def _time_actions() -> st.SearchStrategy[Tokens]:
    bounds = row("(", names(), ",", names(), ")")
    time = words("", "AS VALIDTIME", "AS TRANSACTIONTIME")
    ignored = st.one_of(st.just([]), row("ALL BUT (", several(row(names())), ")"))
    return st.one_of(
        row("ADD PERIOD FOR", names(), bounds, time),
        row("DROP PERIOD FOR", names(), _WITHOUT),
        words("ADD SYSTEM VERSIONING", "DROP SYSTEM VERSIONING", "DROP NORMALIZE"),
        row("ADD NORMALIZE", ignored, "ON", names(), words("", "ON OVERLAPS OR MEETS")),
    )


def _option_actions() -> st.SearchStrategy[Tokens]:
    known = [text for texts in OPTIONS for text in texts if not text.startswith(("QUEUE", "STORAGE"))]
    return st.one_of(
        row(",", words(*known)),
        words(", CHECKSUM = OFF IMMEDIATE", ", MINIMUM DATABLOCKSIZE IMMEDIATE", ", ON COMMIT PRESERVE ROWS"),
        row(", WITH ISOLATED LOADING FOR NONE USING FAST MODE", words("ON", "OFF")),
    )


def _ranges() -> st.SearchStrategy[Tokens]:
    closed = row(_BOUND, "AND", _BOUND, _EACH)
    between = row("BETWEEN", st.one_of(several(closed), row("* ,", _BOUND, "AND *"), row(_BOUND, ",", closed)))
    tail = st.one_of(st.just([]), row(",", _SPECIAL))
    return st.one_of(row(between, tail), _SPECIAL)


def _range_changes() -> st.SearchStrategy[Tokens]:
    condition = row("WHERE PARTITION", words("= 1", "BETWEEN 1 AND 12", "IN ( 1 , 2 )"))
    change = st.one_of(row(words("ADD", "DROP"), _RANGE_WORD, _ranges()), row("DROP", _RANGE_WORD, condition))
    return st.lists(st.tuples(words("", ","), change), min_size=1, max_size=3).map(
        lambda found: [
            token for place, (comma, item) in enumerate(found) for token in [*(comma if place else []), *item]
        ]
    )


def _modify() -> st.SearchStrategy[Tokens]:
    columns = st.one_of(st.just([]), row("(", several(row(names())), ")"))
    called = st.one_of(words("", "NOT NAMED"), row(names()))
    primary = row(
        words("", "UNIQUE", "NOT UNIQUE"), words("PRIMARY", "PRIMARY INDEX", "PRIMARY AMP INDEX"), called, columns
    )
    by = st.one_of(row("PARTITION BY", levels()), row("PARTITION BY (", several(levels()), ")"))
    partitioning = st.one_of(row(st.one_of(by, _range_changes()), _HANDLER), words("NOT PARTITIONED"))
    index = st.one_of(primary, words("NO PRIMARY", "NO PRIMARY INDEX"))
    return row("MODIFY", st.one_of(index, partitioning, row(index, partitioning)))


def _upkeep() -> st.SearchStrategy[Tokens]:
    control = words("", ", TIMEDATEWZCONTROL = 2")
    return st.one_of(
        row(words("TO CURRENT", "REVALIDATE", "REVALIDATE PRIMARY INDEX"), _HANDLER),
        row(words("RELEASE ROWS", "RELEASE DELETED ROWS"), words("", "AND RESET LOAD IDENTITY")),
        words("SET DOWN", "RESET DOWN"),
        row("FROM TIME ZONE =", words("", "-", "+"), "'05:00'", control, words("", ", WITH TIME ZONE")),
    )


def alter_actions() -> st.SearchStrategy[Tokens]:
    """One action of ALTER TABLE, its comma in front of it where it is an option."""
    every = st.one_of(
        _column_actions(), _constraint_actions(), _time_actions(), _option_actions(), _modify(), _upkeep()
    )
    return every.map(lambda tokens: filled(tokens, ["a", '"b c"']))


def _altered(found: tuple[Tokens, Tokens, list[Tokens]]) -> Tokens:
    head, name, actions = found
    return [*head, *name, *_joined(actions)]


def _joined(actions: list[Tokens]) -> Tokens:
    tokens: Tokens = []
    for action in actions:
        tokens += action if not tokens or action[0] == "," else [",", *action]
    return tokens


def alter_tables() -> st.SearchStrategy[Tokens]:
    """An ALTER TABLE statement."""
    actions = st.lists(alter_actions(), min_size=1, max_size=3)
    return st.tuples(words("ALTER TABLE", "ALTER TABLE", "NONTEMPORAL ALTER TABLE"), _TABLE, actions).map(_altered)


def alter_foreign_tables() -> st.SearchStrategy[Tokens]:
    """An ALTER FOREIGN TABLE statement."""
    clause = words("LOCATION ( '/s3/x' )", "PATHPATTERN ( '$a/$b' )", "MANIFEST", "ROWFORMAT ( '{\"a\":1}' )")
    update = row("UPDATE", st.lists(clause, min_size=1, max_size=3).map(lambda found: [t for c in found for t in c]))
    action = st.one_of(
        row("ADD", _definitions()),
        row("DROP", names()),
        words(", MAP = m2", ", FALLBACK", ", EXTERNAL SECURITY DEFINER TRUSTED d . au"),
        words("REFRESH SNAPSHOT_LOCATION", "MODIFY PARTITION BY ( COLUMN , y INTEGER )"),
        update,
    )
    made = st.tuples(words("ALTER FOREIGN TABLE"), _TABLE, st.lists(action, min_size=1, max_size=2))
    return made.map(_altered).map(lambda tokens: filled(tokens, ["a"]))
