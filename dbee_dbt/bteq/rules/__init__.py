"""The rules of ``dbee-dbt bteq check``; the docstring of each function is its part of docs/bteq-rules.md."""

from __future__ import annotations

from dbee_dbt.bteq.findings import Rule
from dbee_dbt.bteq.rules import commands, conditions, files, jumps, requests

RULES: tuple[Rule, ...] = (
    Rule("again_after_end", "error", requests.again_after_end),
    Rule("block_unmatched", "error", jumps.block_unmatched),
    Rule("command_unknown", "warn", commands.command_unknown),
    Rule("command_without_dot", "warn", commands.command_without_dot),
    Rule("condition_unclear", "error", conditions.condition_unclear),
    Rule("ddl_not_alone", "error", requests.ddl_not_alone),
    Rule("errorcode_untested", "warn", conditions.errorcode_untested),
    Rule("errorlevel_number", "error", conditions.errorlevel_number),
    Rule("errorlevel_sticky", "warn", conditions.errorlevel_sticky),
    Rule("file_missing", "error", files.file_missing),
    Rule("label_backward", "error", jumps.label_backward),
    Rule("label_duplicate", "warn", jumps.label_duplicate),
    Rule("label_missing", "error", jumps.label_missing),
    Rule("maxerror_too_high", "warn", conditions.maxerror_too_high),
    Rule("password_in_text", "error", commands.password_in_text),
    Rule("procedure_in_script", "warn", requests.procedure_in_script),
    Rule("request_not_ended", "error", requests.request_not_ended),
    Rule("run_chain", "warn", files.run_chain),
    Rule("run_loop", "error", files.run_loop),
    Rule("session_after_logon", "warn", commands.session_after_logon),
    Rule("sql_after_quit", "error", jumps.sql_after_quit),
    Rule("status_of_nothing", "warn", conditions.status_of_nothing),
    Rule("terminator_disabled", "error", requests.terminator_disabled),
    Rule("then_in_block", "error", conditions.then_in_block),
    Rule("unreachable", "warn", jumps.unreachable),
)
"""Every rule, by name."""
