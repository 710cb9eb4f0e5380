"""Teradata DDL from its grammar (docs/teradata/ddl.md §2.1), for the tests of any room.

Texts are made as lists of tokens, independently of the product's writer, and rendered with any white space, comments
and case, so that two renderings of one list must mean the same.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from hypothesis import strategies as st

Tokens = list[str]
"""Pieces of SQL between which any white space and comments may stand. Strings, names and numbers are whole."""

# Names that are not in quotes have a lower-case letter in them: what is all upper case is a keyword, and may be
# rendered in another case.
_BARE = st.sampled_from(["a", "b", "Col_1", "amount", "x#y", "z$", "_u", "ärger", "Größe", "Café1"])
_ODD = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
UNKNOWN = frozenset({"UNKNOWN", "LIKE"})
"""Words of which one stands in all that no reader knows."""

COLUMN = "<column>"
"""Stands for a column's name until the table's columns are known."""


def quoted(name: str) -> str:
    """A name in double quotes."""
    return '"' + name.replace('"', '""') + '"'


def string(text: str) -> str:
    """A character literal."""
    return "'" + text.replace("'", "''") + "'"


def _row(*parts: str | st.SearchStrategy[str] | st.SearchStrategy[Tokens]) -> st.SearchStrategy[Tokens]:
    """Tokens in a row, some of them drawn; a text stands for its tokens, divided by blanks."""
    drawn = [st.just(part.split()) if isinstance(part, str) else part.map(_as_list) for part in parts]
    return st.tuples(*drawn).map(lambda lists: [token for tokens in lists for token in tokens])


def _as_list(part: str | Tokens) -> Tokens:
    return [part] if isinstance(part, str) else part


def _words(*texts: str) -> st.SearchStrategy[Tokens]:
    """One of these texts, its tokens divided by blanks."""
    return st.sampled_from([text.split() for text in texts])


def _listed(items: list[str]) -> Tokens:
    tokens: Tokens = ["("]
    for index, item in enumerate(items):
        tokens += [",", item] if index else [item]
    return [*tokens, ")"]


row, words = _row, _words
"""For the strategies of other files."""


def names() -> st.SearchStrategy[str]:
    """A name as it stands in SQL: bare, or quoted with any characters."""
    return st.one_of(_BARE, st.sampled_from(['"Class"', '"ORDER"', '"a b"', '"x""y"', '"a.b"']), _ODD.map(quoted))


def _folded(name: str) -> str:
    return (name[1:-1].replace('""', '"') if name.startswith('"') else name).upper()


def literals() -> st.SearchStrategy[str]:
    """Character literals and numbers as they stand in lists of values."""
    numbers = st.one_of(st.integers(0, 10**6).map(str), st.sampled_from([".5", "0.50", "1.00", "007", "1e3", "12."]))
    return st.one_of(numbers, st.text("aé' -;/*", max_size=6).map(string))


def types() -> st.SearchStrategy[Tokens]:
    """A data type in one of its spellings."""
    plain = (
        "INT INTEGER BYTEINT SMALLINT BIGINT DATE FLOAT REAL DECIMAL NUMBER BLOB CHAR XML TIME TIMESTAMP CLOB".split()
    )
    length = st.integers(1, 32000).map(str)
    fraction = st.integers(0, 6).map(str)
    zone = _words("", "WITH TIME ZONE")
    charset = _words("", "CHARACTER SET LATIN", "CHAR SET UNICODE")
    return st.one_of(
        _words(*plain, "DOUBLE PRECISION", "INTERVAL YEAR TO MONTH", "PERIOD ( DATE )", "NUMBER ( * )", "my_udt"),
        _row(_words("CHAR", "VARCHAR", "CHARACTER VARYING"), "(", length, ")", charset),
        _row("LONG VARCHAR", charset),
        _row(_words("VARGRAPHIC", "BYTE", "VARBYTE"), "(", length, ")"),
        _row("CLOB ( 2 M )", charset),
        _row(_words("NUMERIC", "DEC", "NUMBER"), "(", st.integers(1, 38).map(str), _words("", ", 1"), ")"),
        _row(_words("TIME", "TIMESTAMP"), "(", fraction, ")", zone),
        _row("INTERVAL DAY ( 4 ) TO SECOND (", fraction, ")"),
        _row("INTERVAL SECOND ( 3 ,", fraction, ")"),
        _row("PERIOD ( TIMESTAMP (", fraction, ")", zone, ")"),
        _row("JSON (", length, ") CHARACTER SET LATIN", _words("", "INLINE LENGTH 64")),
        _words(
            "JSON ( 9 ) STORAGE FORMAT BSON", "DATASET ( 9 ) STORAGE FORMAT AVRO WITH SCHEMA d . sch INLINE LENGTH 5"
        ),
        _words("SYSUDTLIB . ST_GEOMETRY", 'SYSUDTLIB . "g" ( 5 )'),
    )


def values() -> st.SearchStrategy[Tokens]:
    """What may stand behind DEFAULT."""
    fixed = [
        ["-", "1"],
        ["NULL"],
        ["USER"],
        ["CURRENT_DATE"],
        ["CURRENT_TIMESTAMP", "(", "0", ")"],
        ["DATE", "'2020-01-31'"],
        ["TIMESTAMP", "'2020-01-31 00:00:00'"],
        ["INTERVAL", "'1'", "DAY"],
        ["INTERVAL", "'1 02:03'", "DAY", "(", "4", ")", "TO", "MINUTE"],
        ["'46'XB"],
        ["_UNICODE'0041'XC"],
    ]
    return st.one_of(literals().map(lambda literal: [literal]), st.sampled_from(fixed))


def conditions() -> st.SearchStrategy[Tokens]:
    """A condition over columns."""
    simple = st.one_of(
        _row(COLUMN, _words(">=", "^=", "GT", "> -", "LIKE"), literals()),
        _row(COLUMN, "BETWEEN 0 AND", literals()),
        _row(COLUMN, "IN (", literals(), ", 'x' )"),
        _row(COLUMN, "IS NOT NULL"),
        _row("(", COLUMN, "* 2 ) <=", literals()),
        _row("EXTRACT ( YEAR FROM", COLUMN, ") > 2000"),
    )
    return st.one_of(simple, _row(simple, _words("AND", "OR NOT"), "(", simple, ")"))


def identities() -> st.SearchStrategy[Tokens]:
    """GENERATED … AS IDENTITY."""
    options = ["START WITH - 5", "INCREMENT BY 10", "MINVALUE - 100", "MAXVALUE 99999", "CYCLE", "NO CYCLE"]
    chosen = st.lists(st.sampled_from(options), min_size=1, max_size=4, unique=True).map(" ".join)
    head = _words("GENERATED ALWAYS AS IDENTITY", "GENERATED BY DEFAULT AS IDENTITY")
    return _row(head, st.one_of(st.just([]), chosen.map(lambda text: ["(", *text.split(), ")"])))


def attributes() -> st.SearchStrategy[Tokens]:
    """Attributes of a column in any order, of each sort at most one."""
    several = st.lists(literals(), min_size=1, max_size=4).map(lambda found: _listed([*found, "NULL"]))
    sorts: list[st.SearchStrategy[Tokens]] = [
        _words("NOT NULL", "NULL"),
        st.one_of(_row("DEFAULT", values()), _words("WITH DEFAULT")),
        _row("FORMAT", st.sampled_from(["'X(5)'", "'YYYY-MM-DD'", "'it''s'"])),
        _row("TITLE", _ODD.map(string)),
        _words("UPPERCASE", "UC"),
        _words("CASESPECIFIC", "NOT CASESPECIFIC", "CS", "NOT CS"),
        st.one_of(
            _words("COMPRESS", "NO COMPRESS", "AUTO COMPRESS", "COMPRESS USING lib . f DECOMPRESS USING lib . g"),
            _row("COMPRESS", literals()),
            _row("COMPRESS", several),
        ),
        _row("CHECK (", conditions(), ")"),
        _row("CONSTRAINT ck CHECK (", conditions(), ")"),
        _words("UNIQUE", "PRIMARY KEY", "CONSTRAINT u_q UNIQUE"),
        _words("REFERENCES p ( c )", "REFERENCES WITH NO CHECK OPTION d . p"),
        identities(),
        _words("AS VALIDTIME", "AS TRANSACTIONTIME", "GENERATED TIMECOLUMN", "UNKNOWN ATTRIBUTE 5"),
        _words("GENERATED ALWAYS AS ROW START", "GENERATED ALWAYS AS ROW END"),
    ]
    one = st.one_of(*(sort.map(lambda tokens, place=place: (place, tokens)) for place, sort in enumerate(sorts)))
    several_sorts = st.lists(one, max_size=4, unique_by=lambda found: found[0])
    return several_sorts.map(lambda found: [token for _, tokens in found for token in tokens])


def constraints() -> st.SearchStrategy[Tokens]:
    """A table constraint over columns."""
    listed = _words(f"( {COLUMN} )", f"( {COLUMN} , {COLUMN} )")
    option = _words("", "WITH CHECK OPTION", "WITH NO CHECK OPTION")
    overlaps = _words(f"( {COLUMN} WITHOUT OVERLAPS )", f"( {COLUMN} , {COLUMN} WITHOUT OVERLAPS )")
    body = st.one_of(
        _row(_words("PRIMARY KEY", "UNIQUE"), st.one_of(listed, overlaps)),
        _row("CHECK (", conditions(), ")"),
        _row("FOREIGN KEY", listed, "REFERENCES", option, _words("p . t ( a , b )", "t")),
    )
    dimensions = (
        "SEQUENCED VALIDTIME",
        "CURRENT VALIDTIME AND NONSEQUENCED TRANSACTIONTIME",
        "CURRENT TRANSACTIONTIME",
    )
    return _row(_words("", "CONSTRAINT fk_1"), _words("", *dimensions), body)


def elements() -> st.SearchStrategy[Tokens]:
    """A table element that is neither a column nor a constraint."""
    return _words(
        "PERIOD FOR Vt ( a , b ) AS VALIDTIME",
        'PERIOD FOR "t.t" ( a , b ) AS TRANSACTIONTIME',
        "PERIOD FOR SYSTEM_TIME ( x#y , z$ )",
        "NORMALIZE ALL BUT ( a , b ) ON vt ON MEETS OR OVERLAPS",
        "NORMALIZE ON vt",
        "LIKE d . s",
        "UNKNOWN ( a , b )",
        "CONSTRAINT ex UNKNOWN ( a )",
    )


OPTIONS: tuple[tuple[str, ...], ...] = (
    ("FALLBACK", "NO FALLBACK", "FALLBACK PROTECTION"),
    ("NO BEFORE JOURNAL", "DUAL BEFORE JOURNAL", "BEFORE JOURNAL"),
    ("NO AFTER JOURNAL", "NOT LOCAL AFTER JOURNAL", "LOCAL AFTER JOURNAL"),
    ("WITH JOURNAL TABLE = d . j",),
    ("CHECKSUM = DEFAULT", "CHECKSUM = ON"),
    ("DATABLOCKSIZE = 130560 BYTES", "DATABLOCKSIZE = 127.5 KBYTES", "MAXIMUM DATABLOCKSIZE"),
    ("DEFAULT MERGEBLOCKRATIO", "MERGEBLOCKRATIO = 50 PERCENT", "NO MERGEBLOCKRATIO"),
    ("FREESPACE = 10 PERCENT", "DEFAULT FREESPACE", "FREESPACE = 5"),
    ("BLOCKCOMPRESSION = AUTOTEMP",),
    ("BLOCKCOMPRESSIONALGORITHM = ZLIB",),
    ("BLOCKCOMPRESSIONLEVEL = 6",),
    ("MAP = Td_Map1", "MAP = m2 COLOCATE USING cn"),
    ("WITH CONCURRENT ISOLATED LOADING FOR ALL", "WITH NO ISOLATED LOADING"),
    ("LOG", "NO LOG"),
    ("QUEUE",),
    ("UNKNOWN = TD_OFSSTORAGE",),
)
"""Table options; of each inner tuple at most one."""


def options() -> st.SearchStrategy[Tokens]:
    """What stands between a table's name and its columns."""
    flat = [(place, text) for place, texts in enumerate(OPTIONS) for text in texts]
    chosen = st.lists(st.sampled_from(flat), max_size=5, unique_by=lambda found: found[0])
    return chosen.map(lambda found: [token for _, text in found for token in [",", *text.split()]])


def levels() -> st.SearchStrategy[Tokens]:
    """One level of partitioning."""
    dates = "BETWEEN DATE '2020-01-01' AND DATE '2021-01-01' EACH INTERVAL '1' MONTH"
    ranges = _words(dates, "BETWEEN 1 , 5 AND 9 EACH 2 , NO RANGE , UNKNOWN", "BETWEEN - 5 AND 9 , NO RANGE OR UNKNOWN")
    return st.one_of(
        _row("RANGE_N (", COLUMN, ranges, ")"),
        _row("CASE_N (", COLUMN, "= 1 ,", COLUMN, "= 2", _words("", ", NO CASE", ", UNKNOWN"), ")"),
        _row("EXTRACT ( MONTH FROM", COLUMN, ")"),
        _row("(", COLUMN, "+ 1 ) MOD 10 + 1"),
        _words("COLUMN", "COLUMN ADD 10", "COLUMN ( ( a , b ) NO AUTO COMPRESS , ROW ( Col_1 ) ) ADD 5", "a + 1 ADD 3"),
    )


def _partitioning(found: list[Tokens]) -> Tokens:
    inner = [token for index, level in enumerate(found) for token in ([",", *level] if index else level)]
    return ["PARTITION", "BY", *(inner if len(found) == 1 else ["(", *inner, ")"])]


def time_indexes() -> st.SearchStrategy[Tokens]:
    """PRIMARY TIME INDEX."""
    return _row(
        _words("PRIMARY TIME INDEX (", "PRIMARY TIME INDEX ti_1 ("),
        _words("TIMESTAMP ( 6 )", "DATE", "TIMESTAMP WITH TIME ZONE"),
        _words("", ", DATE '2016-01-01'"),
        _words("", ", MINUTES ( 15 )", ", HOURS ( 1 )"),
        _words("", f", COLUMNS ( {COLUMN} )", f", COLUMNS ( {COLUMN} , {COLUMN} )"),
        _words("", ", SEQUENCED", ", SEQUENCED ( 20000 )", ", NONSEQUENCED"),
        ")",
    )


def clauses() -> st.SearchStrategy[Tokens]:
    """What stands behind the columns."""
    listed = _words(f"( {COLUMN} )", f"( {COLUMN} , {COLUMN} , {COLUMN} )")
    comma = _words("", "", ",")
    kinds = _words("PRIMARY INDEX", "UNIQUE PRIMARY INDEX pi_1", "PRIMARY AMP INDEX", "PRIMARY AMP pa_1")
    overlaps = _words(f"( {COLUMN} )", f"( {COLUMN} , {COLUMN} WITHOUT OVERLAPS )")
    primary = st.one_of(
        _words("", "NO PRIMARY INDEX"),
        _row(kinds, listed),
        _row(_words("PRIMARY INDEX", "UNIQUE PRIMARY INDEX"), overlaps),
        time_indexes(),
    )
    partitioning = st.one_of(st.just([]), _row(comma, st.lists(levels(), min_size=1, max_size=3).map(_partitioning)))
    order = _words("", "ORDER BY HASH", f"ORDER BY VALUES ( {COLUMN} )")
    load = _words("", "WITH LOAD IDENTITY", "WITH NO LOAD IDENTITY")
    secondary = _row(comma, _words("INDEX", "UNIQUE INDEX i_1", "INDEX i_2 ALL"), listed, order, load)
    several = st.lists(secondary, max_size=2).map(lambda found: [token for tokens in found for token in tokens])
    return _row(primary, partitioning, several, _words("", "", "UNKNOWN CLAUSE ( 5 )"))


def filled(tokens: Tokens, columns: list[str]) -> Tokens:
    """The tokens with the columns, in turn, in their places."""
    filled, place = [], 0
    for token in tokens:
        filled.append(columns[place % len(columns)] if token == COLUMN else token)
        place += token == COLUMN
    return filled


_COLUMNS = st.lists(
    st.tuples(names(), types(), attributes()), min_size=1, max_size=5, unique_by=lambda c: _folded(c[0])
)
_CONSTRAINTS = st.lists(st.one_of(constraints(), constraints(), elements()), max_size=2, unique_by=lambda e: e[0])
_GROUPS = _words("", "", "COLUMN", "ROW NO AUTO COMPRESS", "COLUMN AUTO COMPRESS")
_HEADS = _words(
    "CREATE TABLE",
    "CT",
    "CREATE SET TABLE",
    "CREATE MULTISET TABLE",
    "CREATE GLOBAL TEMPORARY SET TABLE",
    "CREATE MULTISET GLOBAL TEMPORARY TABLE",
    "CREATE GLOBAL TEMPORARY TRACE TABLE",
    "CREATE VOLATILE TABLE",
    "CREATE MULTISET FOREIGN TABLE",
)
_NAMES = st.one_of(_row(names()), _row(names(), ".", names()))
_ENDS = _words("", "ON COMMIT PRESERVE ROWS", "ON COMMIT DELETE ROWS")
_TABLES = st.tuples(_HEADS, _NAMES, options(), _COLUMNS, _GROUPS, _CONSTRAINTS, clauses(), _ENDS)


def create_tables() -> st.SearchStrategy[Tokens]:
    """A CREATE TABLE statement."""
    return _TABLES.map(_create_table)


def _create_table(
    parts: tuple[Tokens, Tokens, Tokens, list[tuple[str, Tokens, Tokens]], Tokens, list[Tokens], Tokens, Tokens],
) -> Tokens:
    head, name, some_options, columns, group, some_constraints, some_clauses, end = parts
    column_names = [column for column, _, _ in columns]
    elements = [[column, *data_type, *filled(rest, [column])] for column, data_type, rest in columns]
    elements = _grouped(group, elements)
    elements += [filled(constraint, column_names) for constraint in some_constraints]
    inner = [token for index, element in enumerate(elements) for token in ([",", *element] if index else element)]
    is_temporary = "TEMPORARY" in head or "VOLATILE" in head
    tail = filled(some_clauses, column_names) + (end if is_temporary else [])
    if "FOREIGN" in head:
        some_options = [*some_options, ",", *"EXTERNAL SECURITY INVOKER TRUSTED au".split()]
        tail = [*"USING ( LOCATION ( '/s3/b' ) PATHPATTERN ( '$a/$b' ) )".split(), *tail]
    return [*head, *name, *some_options, "(", *inner, ")", *tail]


def _grouped(group: Tokens, columns: list[Tokens]) -> list[Tokens]:
    """The first columns as a group, all but the last one."""
    if not group or len(columns) < 2:
        return columns
    inner = [token for place, column in enumerate(columns[:-1]) for token in ([",", *column] if place else column)]
    return [[group[0], "(", *inner, ")", *group[1:]], columns[-1]]


def join_indexes() -> st.SearchStrategy[Tokens]:
    """A CREATE JOIN INDEX statement."""
    items = st.lists(
        _words("a", "d . t . b", "SUM ( x ) AS s", "COUNT ( * ) ( FLOAT , NAMED n )", "( a , b )", "t . ROWID"),
        min_size=1,
        max_size=3,
    ).map(lambda found: [token for place, item in enumerate(found) for token in ([",", *item] if place else item)])
    tables = _words(
        "t", "d . t AS x", "t , d . u y", "t LEFT OUTER JOIN u ON t . a = u . a", "t INNER JOIN u ON ( t . a = 1 )"
    )
    tail = _row(
        _words("", "WHERE a > 1 AND b IN ( 1 , 2 )"),
        _words("", "GROUP BY a , b", "GROUP BY 1"),
        _words("", "ORDER BY a", "ORDER BY VALUES ( a )", "ORDER BY HASH ( a , b )", "ORDER BY d . t . a ASC"),
        clauses(),
    )
    made = _row("CREATE JOIN INDEX", _NAMES, options(), "AS SELECT", items, "FROM", tables, tail)
    return made.map(lambda tokens: filled(tokens, ["a", "b"])).filter(lambda tokens: "TIME" not in tokens)


def hash_indexes() -> st.SearchStrategy[Tokens]:
    """A CREATE HASH INDEX statement."""
    return _row(
        "CREATE HASH INDEX",
        _NAMES,
        options(),
        _words("( a )", '( a , "b.c" )'),
        "ON",
        _NAMES,
        _words("", "BY ( a )", "BY ( a , b )"),
        _words("", "ORDER BY HASH ( a )", "ORDER BY VALUES ( b )", "ORDER BY HASH"),
    )


_SPACES = ["\n", " ", "\r", "\r\n", "\t", "  ", "/* it's; */", " -- don't (\n", "\n/**/ ", " "]


def rendered(tokens: Tokens) -> st.SearchStrategy[str]:
    """The tokens as text, with any space and comments between them and words in any case.

    One number stands for all of them: a draw for each takes hypothesis longer than what is tested.
    """
    return st.tuples(st.integers(0, 2**32 - 1).map(Random), st.sampled_from(["", ";", " ;\n"])).map(
        lambda drawn: _rendered(tokens, drawn[0].random) + drawn[1]
    )


def _rendered(tokens: Tokens, chance: Callable[[], float]) -> str:
    text = ""
    for token in tokens:
        is_keyword = token.isascii() and token[0].isalpha() and token.isupper() and "'" not in token
        shown = token.lower() if is_keyword and chance() < 0.5 else token
        tight = not text or ((text[-1] in "()," or token in "(),;") and chance() < 0.5)
        text += shown if tight else _SPACES[int(chance() * len(_SPACES))] + shown
    return text


def scripts(pieces: list[str]) -> st.SearchStrategy[str]:
    """Texts made of pieces of SQL in any order, so that quotes, comments and blocks are often left open."""
    return st.lists(st.sampled_from(pieces), max_size=40).map("".join)


PIECES = [
    *(
        "'",
        '"',
        "''",
        '""',
        "--",
        "/*",
        "*/",
        ";",
        "(",
        ")",
        "\n",
        "\r",
        "\r\n",
        " ",
        ".",
        ",",
        "=",
        "{{ x }}",
        "${X}",
        "${",
    ),
    *(
        ".IF ERRORCODE <> 0 THEN .QUIT 1",
        "\n.REMARK 'it''s",
        "= 3",
        "\n* remark",
        "_UNICODE'00'XC",
        "U&'",
        "é",
        "😀",
        "\x00",
    ),
    *(
        "CREATE PROCEDURE p()",
        " BEGIN ",
        " END ",
        " IF ",
        " THEN ",
        " CASE ",
        " LOOP ",
        "CREATE TRIGGER t ",
        " ATOMIC ",
    ),
    *(
        "CREATE MACRO m AS (",
        "CREATE TABLE t (a INT)",
        "REPLACE VIEW v AS SELECT 1",
        " FOR ",
        " DO ",
        "x:",
        "1.5e",
        ".5",
    ),
    *(" DECLARE EXIT HANDLER FOR SQLEXCEPTION ", " EXTERNAL ", " INSERT INTO t VALUES (1)", "COMMENT ON TABLE t IS "),
]
"""Pieces that open, close and imitate what the splitter looks for."""


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """A text from which some pieces are cut, doubled or moved."""
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 40)))
        piece = draw(st.sampled_from(["", text[start:end] * 2, "'", '"', "/*", "(", ";\n."]))
        text = text[:start] + piece + text[end:]
    return text
