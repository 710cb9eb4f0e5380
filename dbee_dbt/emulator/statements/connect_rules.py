"""GRANT and REVOKE of CONNECT THROUGH and of LOGON: rules that are recorded and listed, and bind nobody.

Sources: "Dictionary Storage of CONNECT THROUGH Metadata", "Permanent Proxy Users" and "GRANT LOGON" of SQL Data Control
Language (B035-1149); docs/teradata/dictionary.md §1.9.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dbee_dbt.ddl.statements import ConnectThrough, Logon
from dbee_dbt.emulator.errors import EmulatorRefusal, failure
from dbee_dbt.emulator.records import ALL_HOSTS, ConnectRule, LogonRule
from dbee_dbt.emulator.results import Result
from dbee_dbt.model.names import fold

if TYPE_CHECKING:
    from dbee_dbt.emulator.session import Session

_DEFAULT = "Default"  # UserName of a logon rule for those that are not named


def grant_connect(session: Session, what: ConnectThrough) -> Result:
    """GRANT CONNECT THROUGH: one rule a trusted user and proxy user; WITH TRUST_ONLY holds for all of the former.

    Raises:
        TeradataError: 5653, there is no such profile.
        EmulatorRefusal: a user or role that does not exist, a user as itself, or one that is permanent already and is
            to be an application user, or the reverse.
    """
    trusted = _required_user(session, what.trusted)
    if what.profile is not None and session.system.get(("profile", fold(what.profile))) is None:
        raise failure(5653, what.profile)
    for role in what.roles:
        if session.system.get(("role", fold(role))) is None:
            raise EmulatorRefusal(
                f"the error number of Teradata for CONNECT THROUGH with role {role}, which is not there"
            )
    only = what.trust_only or any(rule.trust_only for rule in _rules_of(session, trusted))
    for user in what.users:
        session.system.put(_rule(session, what, trusted, user, only))
    if what.trust_only:
        _set_trust_only(session, trusted, True)
    return Result(activity="Grant Connect Through")


def _rule(session: Session, what: ConnectThrough, trusted: str, user: str, only: bool) -> ConnectRule:
    if fold(user) == fold(trusted):
        raise EmulatorRefusal(f"CONNECT THROUGH of {user} as itself, error 9203 of Teradata")
    rule = ConnectRule(
        trusted=trusted,
        user=_required_user(session, user) if what.permanent else user,
        permanent=what.permanent,
        trust_only=only,
        roles=what.roles,
        without_role=what.without_role,
        profile=what.profile,
    )
    before = session.system.get(rule.key)
    if isinstance(before, ConnectRule) and before.permanent != rule.permanent:
        raise EmulatorRefusal(f"the error number of Teradata for {user}, a proxy user of the other sort already")
    return rule


def revoke_connect(session: Session, what: ConnectThrough) -> Result:
    """REVOKE CONNECT THROUGH: of users, of some of their roles, or of TRUST_ONLY.

    Raises:
        EmulatorRefusal: no such rule, or no role would be left in it.
    """
    trusted = _required_user(session, what.trusted)
    for user in what.users:
        rule = session.system.get(ConnectRule.key_of(trusted, user))
        if not isinstance(rule, ConnectRule):
            raise EmulatorRefusal(f"the error number of Teradata for {user}, who may not connect through {trusted}")
        if not what.roles:
            session.system.remove(rule.key)
            continue
        session.system.put(_without_roles(rule, what.roles))
    if what.trust_only:
        _set_trust_only(session, trusted, False)
    return Result(activity="Revoke Connect Through")


def _without_roles(rule: ConnectRule, roles: tuple[str, ...]) -> ConnectRule:
    gone = set(map(fold, roles))
    left = tuple(role for role in rule.roles if fold(role) not in gone)
    if not left:
        raise EmulatorRefusal(f"what CONNECT THROUGH of {rule.user} is without its last role")
    return msgspec.structs.replace(rule, roles=left)


def _set_trust_only(session: Session, trusted: str, only: bool) -> None:
    """TRUST_ONLY is a rule without a proxy user, and a flag of every other rule of the trusted user."""
    for rule in _rules_of(session, trusted):
        session.system.put(msgspec.structs.replace(rule, trust_only=only))
    of_all = ConnectRule(trusted=trusted, user="", trust_only=True)
    if only:
        session.system.put(of_all)
    else:
        session.system.remove(of_all.key)


def _rules_of(session: Session, trusted: str) -> list[ConnectRule]:
    return [rule for rule in session.system.of(ConnectRule) if fold(rule.trusted) == fold(trusted)]


def _required_user(session: Session, name: str) -> str:
    entry = session.system.database(name)
    if entry is None or entry.found.kind != "user":
        raise EmulatorRefusal(f"the error number of Teradata for {name}, which is no user")
    return entry.found.name


def set_logon(session: Session, what: Logon, *, granted: bool) -> Result:
    """GRANT LOGON, REVOKE LOGON: one rule a host and user; a revoked one stays as such.

    Raises:
        EmulatorRefusal: DBC, or a user that does not exist.
    """
    users = [_DEFAULT] if what.as_default else [_required_user(session, user) for user in what.users]
    if any(fold(user) == "DBC" for user in users):
        raise EmulatorRefusal("the error number of Teradata for LOGON of DBC")
    for host in what.hosts or (ALL_HOSTS,):
        for user in users:
            session.system.put(
                LogonRule(
                    user=user,
                    host=host,
                    granted=granted,
                    null_password=what.null_password,
                    creator=session.user,
                    created=session.stamp_time,
                )
            )
    return Result(activity="Grant Logon" if granted else "Revoke Logon")


def forget_user(session: Session, name: str) -> None:
    """The rules of a user who is dropped go."""
    gone = fold(name)
    for rule in list(session.system.of(ConnectRule)):
        if gone == fold(rule.trusted) or (rule.permanent and gone == fold(rule.user)):
            session.system.remove(rule.key)
    for logon in [one for one in session.system.of(LogonRule) if fold(one.user) == gone]:
        session.system.remove(logon.key)


def forget_role(session: Session, name: str) -> None:
    """A role that is dropped is in no rule any more."""
    for rule in list(session.system.of(ConnectRule)):
        left = tuple(role for role in rule.roles if fold(role) != fold(name))
        if left != rule.roles:
            session.system.put(msgspec.structs.replace(rule, roles=left))
