"""Errors: each has a code of its own, and says what, where and what next."""

import re

from dbee_dbt.model.errors import DbeeError, DdlError


def every(kind: type[DbeeError]) -> list[type[DbeeError]]:
    return [kind, *(below for child in kind.__subclasses__() for below in every(child))]


def test_codes_are_unique_and_every_class_says_what_it_is_for() -> None:
    codes = [kind.code for kind in every(DbeeError) if not kind.__subclasses__()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"DBEE-[1-9][0-9]{2}", code) for code in codes)
    assert all(kind.__doc__ for kind in every(DbeeError))


def test_an_error_says_what_where_and_what_next() -> None:
    error = DdlError("it broke", subject="D.T", file="a.sql", line=3, hint="Mend it.")
    assert str(error) == "DBEE-202 a.sql:3 D.T: it broke\n  -> Mend it."
    assert str(DdlError("it broke")) == "DBEE-202: it broke"
    assert DdlError("it broke", file="a.sql").place == "a.sql"
