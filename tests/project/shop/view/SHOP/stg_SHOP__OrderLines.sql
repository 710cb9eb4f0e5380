{{ config(materialized="view") }}

select
    OrderId,
    LineNumber,
    Price
from {{ source("SHOP", "OrderLines") }}
