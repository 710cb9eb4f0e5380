{{
    config(
        materialized="table",
        table_kind="MULTISET",
        index="PRIMARY INDEX (CustomerId) PARTITION BY RANGE_N(OrderDate BETWEEN DATE '2024-01-01' AND DATE '2026-12-31' EACH INTERVAL '1' MONTH, NO RANGE) INDEX by_date (OrderDate) UNIQUE INDEX (OrderId) UNIQUE INDEX (Voucher)"
    )
}}

select
    OrderId as orderid,
    CustomerId as customerid,
    OrderDate as orderdate,
    Note as note,
    Voucher as voucher
from {{ source("SHOP", "Orders") }}
