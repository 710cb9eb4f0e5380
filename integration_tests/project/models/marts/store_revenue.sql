-- Turnover of each store and day, cancelled orders left out.
{{ config(materialized='table', primary_index='store_id') }}

select
    o.store_id,
    s.store_name,
    o.order_date,
    sum(o.net_amount) as net_amount
from {{ ref('stg_retail_sales__sales_order') }} as o
inner join {{ ref('stg_retail_sales__store') }} as s on s.store_id = o.store_id
where o.order_status <> 'C'
group by o.store_id, s.store_name, o.order_date
