{{
    config(
        materialized="table",
        table_kind="MULTISET",
        index="NO PRIMARY INDEX"
    )
}}

select
    "At" as "at",
    Url as url
from {{ source("SHOP", "Clicks") }}
