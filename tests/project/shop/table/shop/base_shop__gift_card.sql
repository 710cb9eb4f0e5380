{{
    config(
        materialized="table",
        table_kind="MULTISET",
        index='UNIQUE PRIMARY INDEX ("Card No")'
    )
}}

select
    "Card No" as "card no",
    "Order" as "order",
    "Größe" as "größe",
    "say ""hi""",
    stamp
from {{ source("SHOP", "Gift_Card") }}
