{{ config(materialized="view") }}

select
    OrderId,
    CustomerId,
    OrderDate,
    Note,
    Voucher
from {{ source("SHOP", "Orders") }}
