"""What the emulator answers when it cannot answer with rows: Teradata's errors, and its own refusals.

Inside the emulator both are plain exceptions; the cursor turns them into ``teradatasql.OperationalError`` with the
text shape of the driver (docs/teradata/errors.md). A refusal never carries a Teradata number.
"""

from __future__ import annotations

# Server texts by number, ``{}`` for the name concerned. Source: docs/teradata/errors.md §3.2.
TEXTS: dict[int, str] = {
    2616: "Numeric overflow occurred during computation.",
    2617: "Overflow occurred computing an expression involving {}",
    2618: "Invalid calculation:  division by zero.",
    2620: "The format or data contains a bad character.",
    2621: "Bad character in format or data of {}.",
    2644: "No more room in database {}.",
    2646: "No more spool space in {}.",
    2665: "Invalid date.",
    2666: "Invalid date supplied for {}.",
    2801: "Duplicate unique prime key error in {}.",
    2802: "Duplicate row error in {}.",
    2803: "Secondary index uniqueness violation in {}.",
    2700: "Referential constraint violation: invalid Foreign Key value.",
    3504: "Selected non-aggregate values must be part of the associated group.",
    3510: "Too many END TRANSACTION statements.",
    3514: "User-generated transaction ABORT.",
    3515: "Duplication of column {} in creating a Table, View, Macro or Trigger.",
    3518: "Too many columns in the composite index.",
    3523: "The user does not have {} access to {}.",
    3526: "The specified index does not exist.",
    3534: "Another index already exists, using the same columns and the same ordering.",
    3535: "A character string failed conversion to a numeric value.",
    3541: "The request to assign new PERMANENT space is invalid.",
    3552: "Cannot DROP databases with tables, journal tables, views, macros, or zones.",
    3557: "Column {} is an index column and cannot be dropped.",
    3558: "Cannot alter the specified attribute(s) for {}.",
    3559: "Column {} is not NULL and it has no default value.",
    3585: "USING modifier not allowed with DDL.",
    3604: "Cannot place a null value in a NOT NULL field.",
    3623: "The user cannot use COMPRESS on a primary index column or partitioning expression column.",
    3653: "All select-lists do not contain the same number of expressions.",
    3654: "Corresponding select-list expressions are incompatible.",
    3706: "Syntax error: {}",
    3707: "Syntax error, expected something like {}",
    3722: "Only a COMMIT WORK or null statement is legal after a DDL Statement.",
    3733: "The user specified more than one WHERE clause.",
    3737: "Name is longer than 128 characters.",
    3738: "String is longer than 255 characters.",
    3739: "The user must give a data type for {}.",
    3784: "Total number of digits must be between 1 and 38.",
    3779: "Fractional digits must be between 0 and the total digits.",
    3802: "Database '{}' does not exist.",
    3803: "Table '{}' already exists.",
    3804: "View '{}' already exists.",
    3805: "Macro '{}' already exists.",
    3807: "Object '{}' does not exist.",
    3808: "Database unspecified for '{}'.",
    3809: "Column '{}' is ambiguous.",
    3810: "Column/Parameter '{}' does not exist.",
    3811: "Column '{}' is NOT NULL. Give the column a value.",
    3812: "The positional assignment list has too few values.",
    3813: "The positional assignment list has too many values.",
    3822: "Cannot resolve column '{}'. Specify table or view.",
    3823: "VIEW '{}' may not be used for Help Index/Constraint/Statistics, Update, Delete or Insert.",
    3824: "Macro '{}' does not exist.",
    3853: "'{}' is not a table.",
    3854: "'{}' is not a view.",
    3855: "'{}' is not a macro.",
    3888: "A SELECT for a UNION,INTERSECT or MINUS must reference a table.",
    3932: "Only an ET or null statement is legal after a DDL Statement.",
    3939: "There is a mismatch between the number of parameters specified and the number of parameters required.",
    3977: "The Parent Key is not unique or not valid.",
    3996: "Right truncation of string data.",
    3798: "A column or character expression is larger than the max size.",
    5323: "The PRIMARY KEY column '{}' must be NOT NULL.",
    5325: "Length of zero is not allowed for CHAR, VARCHAR, BYTE or VARBYTE.",
    5333: "NO LOG keywords not allowed for permanent table.",
    5337: "Cannot drop a temporary table that is materialized in a session.",
    5340: "The database, if specified, must be the logon user for a volatile table.",
    5381: "Duplicate column names found after RENAME column.",
    5467: "Cannot drop, MLOAD, or RESTORE a table with join or hash indexes.",
    5494: "'{}' is not a stored procedure.",
    5495: "Stored Procedure '{}' does not exist.",
    5506: "Column names must be specified when the SELECT list has an unnamed expression.",
    5526: "Stored Procedure is not created/replaced due to error(s).",
    5589: "Function '{}' does not exist.",
    5612: "A user, database, role, or zone with the specified name already exists.",
    5623: "User or role '{}' does not exist.",
    5628: "Column {} not found in {}.",
    5653: "Profile '{}' does not exist.",
    5728: "Partitioning violation for table {}.",
    5735: "The primary index columns may not be altered for a nonempty table.",
    5967: "The table being dropped has an error table.",
    5979: "An error table may be defined for a permanent data table only.",
    6862: "A CAST with specified source and target exists.",
    6863: "Cast with specified source and target does not exist.",
    6938: "The AUTHORIZATION object '{}' does not exist.",
    6956: "The column '{}' has statistics and cannot be dropped or modified.",
    6706: "The string contains an untranslatable character.",
    7545: "Numbering for Identity Column {} is over its limit.",
    8017: "The UserId, Password or Account is invalid.",
    9719: "QVCI feature is disabled.",
}


class TeradataError(Exception):
    """An error that Teradata gives.

    Args:
        code: Teradata's number.
        message: its text, without the number.
    """

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class EmulatorRefusal(Exception):  # noqa: N818 - a refusal is not an error of Teradata
    """Something the emulator does not know how to answer as Teradata does.

    Args:
        what: what is not emulated, by name: ``MERGE INTO … USING VALUES``.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class EngineError(Exception):
    """The file, or what is needed to open it, cannot be used. The message is for the user."""


def failure(code: int, *names: str) -> TeradataError:
    """The Teradata error of this number, its text filled with the names concerned.

    Args:
        code: a number of TEXTS.
        names: what the text names, in order.
    """
    return TeradataError(code, TEXTS[code].format(*names))
