-- How often each coupon was used, and on what turnover.
select
    coupon_code,
    count(*) as orders,
    sum(net_amount) as net_amount
from {{ ref('stg_retail_sales__sales_order') }}
where coupon_code is not null
group by coupon_code
