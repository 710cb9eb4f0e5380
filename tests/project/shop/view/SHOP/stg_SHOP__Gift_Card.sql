{{ config(materialized="view") }}

select
    "Card No",
    "Order",
    "Größe",
    "say ""hi""",
    stamp
from {{ source("SHOP", "Gift_Card") }}
