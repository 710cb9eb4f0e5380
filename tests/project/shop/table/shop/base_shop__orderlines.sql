{{
    config(
        materialized="table",
        table_kind="SET",
        table_option="FALLBACK",
        index="PRIMARY INDEX (OrderId) UNIQUE INDEX (OrderId, LineNumber)"
    )
}}

select
    OrderId as orderid,
    LineNumber as linenumber,
    Price as price
from {{ source("SHOP", "OrderLines") }}
