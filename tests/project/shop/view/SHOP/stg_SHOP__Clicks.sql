{{ config(materialized="view") }}

select
    "At",
    Url
from {{ source("SHOP", "Clicks") }}
