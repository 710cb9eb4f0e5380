"""Any command of BTEQ, as a strategy."""

from __future__ import annotations

from hypothesis import strategies as st

from dbee_dbt.bteq import commands as c
from dbee_dbt.bteq.conditions import STATUS_VALUES

NUMBERS = st.integers(0, 2147483647)
STATUS = st.sampled_from(sorted(STATUS_VALUES))
OPERANDS = st.one_of(NUMBERS, STATUS, st.sampled_from(["${LIMIT}", "$1"]))
LABELS = st.from_regex(r"[A-Za-z_][A-Za-z_0-9$#]{0,29}", fullmatch=True)
TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=20)
PATHS = TEXTS.filter(lambda text: text.strip() == text and text != "")
KEYWORDS = st.sampled_from(["FILE", "DDNAME"])
SKIPS = st.none() | NUMBERS

CONDITIONS: st.SearchStrategy[c.Condition] = st.recursive(
    st.builds(c.Comparison, OPERANDS, st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), OPERANDS),
    lambda inner: st.one_of(
        st.builds(c.Not, inner),
        st.builds(c.And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(c.Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
SEVERITIES = st.builds(c.ErrorSeverity, st.lists(st.integers(0, 9999), max_size=3).map(tuple), st.integers(0, 99))
SWITCHES = st.sampled_from(["ON", "OFF"])
_ON = st.none() | SWITCHES
OPTIONS = st.one_of(
    st.builds(c.SetOption, st.sampled_from(["RETRY", "FORMAT", "TITLEDASHES", "RECORDMODE"]), _ON),
    st.builds(c.SetOption, st.just("QUIET"), SWITCHES, st.just(()), st.sampled_from([(), ("ALL",)])),
    st.builds(c.SetOption, st.sampled_from(["WIDTH", "DECIMALDIGITS"]), st.none(), st.tuples(NUMBERS)),
    st.builds(c.SetOption, st.sampled_from(["WIDTH", "HEADING"]), text=st.just("${W}")),
    st.builds(c.SetOption, st.just("RETLIMIT"), st.none(), st.one_of(st.tuples(NUMBERS), st.tuples(NUMBERS, NUMBERS))),
    st.builds(c.SetOption, st.just("SUPPRESS"), _ON, st.lists(NUMBERS, min_size=1, max_size=4).map(tuple)),
    st.builds(c.SetOption, st.just("FOLDLINE"), SWITCHES, st.just(()), st.sampled_from([(), ("ALL",)])),
    st.builds(c.SetOption, st.sampled_from(["SEPARATOR", "NULL", "RTITLE"]), _ON, text=TEXTS),
    st.builds(c.SetOption, st.just("ECHOREQ"), words=st.just(("ERRORONLY",))),
    st.builds(c.SetOption, st.just("FORMCHAR"), text=st.just("'0C'XB")),
)
SIMPLE: st.SearchStrategy[c.Command] = st.one_of(
    st.builds(c.BlockIf, CONDITIONS),
    st.builds(c.ElseIf, CONDITIONS, st.booleans()),
    st.sampled_from([c.Else(), c.EndIf(), c.Logoff(), c.Abort(), c.ImportReset(), c.ExportReset(), c.MessageOut("")]),
    st.builds(c.Goto, LABELS),
    st.builds(c.Label, LABELS),
    st.builds(c.Run, PATHS, SKIPS, KEYWORDS),
    st.builds(c.Compile, PATHS, st.sampled_from([None, "SPL", "NOSPL"]), KEYWORDS),
    st.builds(c.Repeat, st.none() | NUMBERS, st.booleans(), st.none() | NUMBERS, st.none() | NUMBERS),
    st.builds(c.Import, st.sampled_from(["DATA", "VARTEXT"]), PATHS, st.none() | TEXTS, SKIPS, st.just(()), KEYWORDS),
    st.builds(
        c.Export,
        st.sampled_from(["", "DATA", "DIF"]),
        PATHS,
        SKIPS,
        st.sampled_from([None, "OPEN", "CLOSE"]),
        st.just(()),
        KEYWORDS,
    ),
    st.builds(c.MessageOut, PATHS, st.just(()), KEYWORDS),
    st.builds(c.Logmech, st.sampled_from(["LDAP", "TD2"])),
    st.builds(c.Quit, st.none() | st.integers(0, 999) | STATUS | st.just("$RC"), st.sampled_from(["QUIT", "EXIT"])),
    st.builds(c.Remark, TEXTS),
    st.builds(c.Show, st.sampled_from(["SHOW", "HELP"]), st.sampled_from([(), ("CONTROLS",), ("BTEQ",)])),
    st.builds(c.Hang, st.none() | st.integers(0, 999)),
    st.builds(c.Tdp, LABELS),
    st.builds(c.SetErrorLevel, st.lists(SEVERITIES, min_size=1, max_size=3).map(tuple)),
    st.builds(c.SetErrorLevel, st.just(()), SWITCHES),
    st.builds(c.SetMaxError, st.none() | st.integers(0, 99)),
    st.builds(c.SetSession, st.just("TRANSACTION"), st.sampled_from(["ANSI", "BTET", "${MODE}"])),
    st.builds(c.SetSession, st.just("CHARSET"), st.sampled_from(["UTF8", "ASCII"])),
    st.builds(c.SetSession, st.just("RESPBUFLEN"), NUMBERS),
    OPTIONS,
)
WHOLE_LINE: st.SearchStrategy[c.Command] = st.one_of(
    st.builds(
        c.Logon,
        st.sampled_from(["prod/me", "me", ""]),
        st.sampled_from(["none", "text", "placeholder"]),
        st.none() | st.just("'acct'"),
    ),
    st.builds(c.Logdata, st.sampled_from(["none", "text", "placeholder"])),
    st.builds(c.System, st.sampled_from(["rm -f out/*; ls", "echo 'a", ""]), st.sampled_from(["OS", "TSO"])),
)
SQL = st.builds(c.Request, st.sampled_from(["SELECT 1", "INSERT INTO T VALUES ('a;\nb')", "BT\n;DEL T\n;ET"]))


def _then(inner: st.SearchStrategy[c.Command]) -> st.SearchStrategy[tuple[c.Action, ...]]:
    """Commands, of which only the last may reach to the end of its line; or one request."""
    simple = SIMPLE.filter(lambda command: not isinstance(command, c.BlockIf))
    several = st.builds(lambda first, last: (*first, last), st.lists(simple, max_size=2), inner | simple | WHOLE_LINE)
    return st.one_of(several, SQL.map(lambda request: (request,)), st.just(()))


IFS: st.SearchStrategy[c.Command] = st.builds(
    c.If, CONDITIONS, _then(st.builds(c.If, CONDITIONS, _then(SIMPLE.filter(lambda x: not isinstance(x, c.BlockIf)))))
)
ACTIONS: st.SearchStrategy[c.Action] = st.one_of(
    SIMPLE, WHOLE_LINE, IFS, SQL, st.builds(c.Again, st.integers(1, 2147483647))
)
