"""Scripts as people write them, and what damage makes of them."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

_TESTS = Path(__file__).resolve().parents[1]
_EXAMPLES = _TESTS.parent / "examples" / "retail" / "ddl"

DEPLOY = """#!/bin/ksh
# deploys the stage; don't run by hand
. ${HOME}/.profile
bteq <<-EOF > ${LOG:-/dev/null} 2>&1
\t.LOGON $HOST/$USER,${PASSWORD};
\t.SET ERRORLEVEL 3807 SEVERITY 0
\tDATABASE ${ENV}_STAGE;
\tDROP TABLE ORDERS_1; /* it may not
\t   exist */
\tCREATE MULTISET TABLE ORDERS_1 ,NO FALLBACK
\t  ( ID INTEGER NOT NULL, NOTE VARCHAR(40) DEFAULT 'it''s; new' )
\tPRIMARY INDEX (ID)
\t;COLLECT STATS COLUMN (ID) ON ORDERS_1;
\t.IF ERRORCODE <> 0 THEN .GOTO failed
\t.LABEL failed
\t.QUIT ERRORCODE
\tEOF
rc=$?; [ $rc -ne 0 ] && { echo "failed: it's $rc"; exit $rc; }
"""
PROCEDURES = """REPLACE PROCEDURE A.LOAD_ (IN N INTEGER, OUT R VARCHAR(10)) SQL SECURITY INVOKER
main: BEGIN
  DECLARE X INTEGER DEFAULT 0; -- don't
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN SET R = 'END; --'; END;
  FOR ROW_ AS C CURSOR FOR SELECT CASE WHEN A = 1 THEN 'x' END AS B FROM T DO
    IF ROW_.B = 'x' THEN CALL DBC.SysExecSQL('DELETE FROM T; BEGIN'); ELSE LEAVE main; END IF;
  END FOR;
  BEGIN REQUEST INSERT INTO T (1); UPDATE T SET A = 2; END REQUEST;
  CASE X WHEN 1 THEN SET X = CASE X WHEN 1 THEN 2 END; ELSE SET X = 3; END CASE;
  REPEAT SET X = X + 1; UNTIL X > 3 END REPEAT;
END main;
.REPEAT 3
REPLACE MACRO A.M (D DATE) AS (SEL * FROM T WHERE D = :D; UPD T SET A = ';)' ;);
CREATE TRIGGER A.TR AFTER UPDATE OF (A) ON A.T REFERENCING OLD AS O NEW AS N FOR EACH ROW WHEN (O.A <> N.A)
BEGIN ATOMIC (INSERT INTO L VALUES (O.A); DELETE FROM K;) END;
CREATE TRIGGER A.TS AFTER INSERT ON A.T FOR EACH STATEMENT INSERT INTO L VALUES (1)
;DELETE FROM K;
/
"""
TEMPLATED = """{# one for each; don't lose it #}
{% for t in ['a', 'b;'] %}
DATABASE {{ target.schema }};
CREATE VOLATILE TABLE %%ENV%%_{{ t }}, NO LOG AS (SELECT * FROM &DB..S WHERE X = '${V}') WITH DATA
  ON COMMIT PRESERVE ROWS;
COMMENT ON TABLE ${P}A.@@T@@ IS 'what; it''s';
{% endfor %}
.EXPORT REPORT FILE = ${OUT}/x.txt
SELECT U&'#00E4' UESCAPE '#', "a;b", 'F1'XB, _UNICODE'0041'XC, 1.5E-3 FROM "T.1"; -- the end
.OS rm out/*
= 3
"""
REALISTIC = (
    DEPLOY,
    PROCEDURES,
    TEMPLATED,
    *(file.read_text(encoding="utf-8") for file in sorted(_EXAMPLES.glob("*.sql"))),
    *((_TESTS / "ddl" / name).read_text(encoding="utf-8") for name in ("scripts.txt", "statements.txt")),
    *((_TESTS / "bteq" / name).read_text(encoding="utf-8") for name in ("commands.txt", "rules.txt")),
)
"""Whole scripts."""

MARKS = (
    *(
        "'",
        '"',
        "/*",
        "*/",
        "--",
        "(",
        ")",
        ";",
        ";\n.",
        "\n",
        "\r",
        "\n.QUIT\n",
        "\nEOF\n",
        "bteq <<EOF\n",
        "#!",
        "<<",
    ),
    *(
        " BEGIN ",
        " END ",
        " CASE ",
        " END IF; ",
        "{%",
        "%}",
        "{#",
        "${",
        "{{",
        "\x00",
        "\ufeff",
        "ß",
        "😀",
        ".",
        "= 3\n",
    ),
)
"""What opens, closes or imitates a piece of a script."""


@st.composite
def damaged(draw: st.DrawFn, seeds: tuple[str, ...] = REALISTIC, longest: int = 2000) -> str:
    """A part of a script in which pieces are cut, doubled, moved or put in, sometimes with other line ends."""
    text = draw(st.sampled_from(seeds))
    start = draw(st.integers(0, max(0, len(text) - 40)))
    text = text[start : start + draw(st.integers(40, longest))]
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, len(text)))
        end = draw(st.integers(at, min(len(text), at + 60)))
        put = draw(st.one_of(st.sampled_from(MARKS), st.just(""), st.just(text[at:end] * 2), st.text(max_size=3)))
        to = draw(st.sampled_from([at, draw(st.integers(0, len(text)))]))
        text = text[:at] + text[end:]
        text = text[:to] + put + text[to:]
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))
