"""Commands to canonical text: what :func:`dbee_dbt.bteq.script.read_action` reads back to the same command."""

from __future__ import annotations

import re

from dbee_dbt.bteq import commands as c
from dbee_dbt.bteq.conditions import write_condition
from dbee_dbt.bteq.pieces import is_placeholder, join, quoted, write_file
from dbee_dbt.ddl.secrets import MASK


def write_action(action: c.Action) -> str:
    """The text of a command, with its dot, or of a request, with the ``;`` that ends it; one line end at most.

    A password is not kept in a command, so ``***`` is written for it.

    Args:
        action: any command or request.
    """
    if isinstance(action, c.Request):
        return f"{action.sql};" if action.ended in ("semicolon", "block") else action.sql
    if isinstance(action, c.Again):
        return f"= {action.count}"
    return f".{_text(action)}".rstrip()


def _text(command: c.Command) -> str:
    return _flow(command) or _session(command) or _data(command) or _setting(command)


def _flow(command: c.Command) -> str:
    match command:
        case c.If(condition, then):
            return f"IF {write_condition(condition)} THEN {'; '.join(write_action(action) for action in then)}".rstrip()
        case c.BlockIf(condition):
            return f"IF {write_condition(condition)}"
        case c.ElseIf(condition, then):
            return f"ELSEIF {write_condition(condition)}{' THEN' if then else ''}"
        case c.Else():
            return "ELSE"
        case c.EndIf():
            return "ENDIF"
        case c.Goto(label):
            return f"GOTO {label}"
        case c.Label(name):
            return f"LABEL {name}"
        case c.Quit(value, verb):
            return verb if value is None else f"{verb} {value}"
        case c.Hang(seconds):
            return "HANG" if seconds is None else f"HANG {seconds}"
    return ""


def _session(command: c.Command) -> str:
    match command:
        case c.Logon(user, password, account):
            return f"LOGON {user}{_password(password, account)}"
        case c.Logdata(password):
            return f"LOGDATA {_SECRETS[password]}"
        case c.Logmech(mechanism):
            return f"LOGMECH {mechanism}"
        case c.Logoff():
            return "LOGOFF"
        case c.System(text, verb):
            return f"{verb} {text}"
        case c.Remark(text):
            return f"REMARK {quoted(text)}"
        case c.Show(verb, words):
            return f"{verb} {join(words)}"
        case c.Abort():
            return "ABORT"
        case c.Tdp(system):
            return f"TDP {system}"
    return ""


_SECRETS = {"none": "", "text": MASK, "placeholder": "${PASSWORD}"}


def _password(password: str, account: str | None) -> str:
    if account is not None:
        return f",{_SECRETS[password]},{account}"
    return f",{_SECRETS[password]}" if password != "none" else ""


def _data(command: c.Command) -> str:
    match command:
        case c.Run(file, skip, keyword):
            return f"RUN {write_file(keyword, file)}{_skip(skip)}"
        case c.Compile(file, stored, keyword):
            return f"COMPILE {write_file(keyword, file)}{f' WITH {stored}' if stored else ''}"
        case c.Import(form, file, delimiter, skip, options, keyword):
            divided = "" if delimiter is None else f" {quoted(delimiter)}"
            return f"IMPORT {form}{divided} {write_file(keyword, file)}{_skip(skip)} {join(options)}"
        case c.ImportReset():
            return "IMPORT RESET"
        case c.Export(form, file, limit, state, options, keyword):
            words = [*([f"LIMIT={limit}"] if limit is not None else []), *([state] if state else []), *options]
            behind = f", {', '.join(words)}" if words else ""
            return f"EXPORT {form + ' ' if form else ''}{write_file(keyword, file)}{behind}"
        case c.ExportReset():
            return "EXPORT RESET"
        case c.MessageOut(file, options, keyword):
            return f"MESSAGEOUT {write_file(keyword, file) if file else 'RESET'} {join(options)}"
        case c.Repeat(count, records, pack, buffer):
            sizes = (f" {word} {size}" for word, size in (("PACK", pack), ("REQBUFLEN", buffer)) if size is not None)
            return f"REPEAT {'RECS ' if records else ''}{'*' if count is None else count}{''.join(sizes)}"
    return ""


def _skip(skip: int | None) -> str:
    return "" if skip is None else f", SKIP={skip}"


def _setting(command: c.Command) -> str:
    match command:
        case c.SetErrorLevel(severities, switch):
            return f"SET ERRORLEVEL {switch or ', '.join(map(_severity, severities))}"
        case c.SetMaxError(severity):
            return f"SET MAXERROR {'OFF' if severity is None else severity}"
        case c.SetSession(option, value):
            return f"SET SESSION {option} {_text_of(value) if option == 'CHARSET' else value}"
        case c.SetOption(option, switch, numbers, words, text):
            written = [*([switch] if switch else []), *words, *([", ".join(map(str, numbers))] if numbers else [])]
            return " ".join(("SET", option, *written, *([_text_of(text)] if text is not None else [])))
        case c.Unknown(text):
            return text
    raise AssertionError(f"no text for {command!r}")


def _text_of(value: int | str) -> str:
    """A text in quotes, but for a number, a placeholder and a hexadecimal literal."""
    is_bare = isinstance(value, int) or is_placeholder(value) or re.fullmatch(r"(['\"])[0-9A-Fa-f]*\1XB", value)
    return str(value) if is_bare else quoted(str(value))


def _severity(severity: c.ErrorSeverity) -> str:
    codes = ", ".join(map(str, severity.codes))
    name = f"({codes})" if len(severity.codes) > 1 else codes or "UNKNOWN"
    return f"{name} SEVERITY {severity.severity}"
