"""The dbt adapter ``type: dbee``: dbt-teradata, with the embedded emulator in the place of a Teradata system."""

from dbt.adapters.base import AdapterPlugin

from dbt.adapters.dbee.connections import DbeeCredentials
from dbt.adapters.dbee.impl import DbeeAdapter
from dbt.include.dbee import PACKAGE_PATH

Plugin = AdapterPlugin(
    adapter=DbeeAdapter,
    credentials=DbeeCredentials,
    include_path=PACKAGE_PATH,
    dependencies=["teradata"],
)
