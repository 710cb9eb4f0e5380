{{ config(materialized="table") }}

select
    OrderId as orderid,
    Days as days
from {{ source("SHOP", "OpenOrders") }}
