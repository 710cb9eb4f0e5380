"""dbt-teradata's adapter on the emulator; every dbt macro and materialization is dbt-teradata's own."""

from __future__ import annotations

from typing import Any, NoReturn

from dbt.adapters.teradata import TeradataAdapter
from dbt_common.exceptions import DbtRuntimeError

from dbt.adapters.dbee.connections import DbeeConnectionManager


class DbeeAdapter(TeradataAdapter):
    """An adapter whose sessions are the emulator's."""

    ConnectionManager = DbeeConnectionManager

    def submit_python_job(self, parsed_model: dict[str, Any], compiled_code: str) -> NoReturn:
        """Refuse a Python model: dbt-teradata's helper would dial a real system past this adapter.

        Raises:
            DbtRuntimeError: always; it names the model.
        """
        raise DbtRuntimeError(
            f"[dbee emulator] not emulated: Python models ({parsed_model.get('unique_id', 'this model')}). "
            "Build it on a real Teradata, or leave it out with --exclude."
        )
