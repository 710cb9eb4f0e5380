{{ config(materialized="view") }}

select
    OrderId,
    Days
from {{ source("SHOP", "OpenOrders") }}
