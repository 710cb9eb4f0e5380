-- The landing tables of the last night, and the mart as of today.

INSERT INTO ${PREFIX}RETAIL_STAGE.LOAD_BATCH (batch_id, source_name, started_at, finished_at, row_count)
VALUES (1, 'shop', TIMESTAMP '2025-06-30 02:00:00', TIMESTAMP '2025-06-30 02:04:10', 500);
INSERT INTO ${PREFIX}RETAIL_STAGE.LOAD_BATCH (batch_id, source_name, started_at, finished_at, row_count)
VALUES (2, 'shop', TIMESTAMP '2025-07-01 02:00:00', NULL, NULL);

INSERT INTO ${PREFIX}RETAIL_STAGE.STG_CUSTOMER (batch_id, customer_no, full_name, birth_date)
SELECT 1, TRIM(customer_no), last_name, NULL
FROM ${PREFIX}RETAIL_SALES.CUSTOMER
WHERE customer_id <= 100;

INSERT INTO ${PREFIX}RETAIL_MART.DIM_DATE (date_key, calendar_date, year_no, month_no, is_weekend)
SELECT EXTRACT(YEAR FROM DATE '2024-01-01' + n) * 10000 + EXTRACT(MONTH FROM DATE '2024-01-01' + n) * 100 + EXTRACT(DAY FROM DATE '2024-01-01' + n),
       DATE '2024-01-01' + n,
       EXTRACT(YEAR FROM DATE '2024-01-01' + n),
       EXTRACT(MONTH FROM DATE '2024-01-01' + n),
       CASE WHEN n MOD 7 IN (5, 6) THEN 1 ELSE 0 END
FROM ${PREFIX}RETAIL_STAGE.V_NUMBER
WHERE n < 1096;

INSERT INTO ${PREFIX}RETAIL_MART.DIM_CUSTOMER (customer_key, customer_no, full_name, segment, country_code)
SELECT c.customer_id,
       c.customer_no,
       COALESCE(TRIM(c.first_name) || ' ', '') || c.last_name,
       c.segment,
       a.country_code
FROM ${PREFIX}RETAIL_SALES.CUSTOMER c
LEFT OUTER JOIN ${PREFIX}RETAIL_SALES.CUSTOMER_ADDRESS a ON a.customer_id = c.customer_id AND a.address_no = 1;

INSERT INTO ${PREFIX}RETAIL_MART.DIM_PRODUCT (product_key, sku, product_name, brand_name, category_name)
SELECT p.ProductId, p.Sku, p.ProductName, b.BrandName, c.CategoryName
FROM ${PREFIX}RETAIL_PRODUCT.PRODUCT p
INNER JOIN ${PREFIX}RETAIL_PRODUCT.BRAND b ON b.BrandId = p.BrandId
INNER JOIN ${PREFIX}RETAIL_PRODUCT.CATEGORY c ON c.CategoryId = p.CategoryId;

INSERT INTO ${PREFIX}RETAIL_MART.FACT_SALES (order_id, line_no, date_key, customer_key, product_key, quantity, amount)
SELECT l.order_id,
       l.line_no,
       EXTRACT(YEAR FROM o.order_date) * 10000 + EXTRACT(MONTH FROM o.order_date) * 100 + EXTRACT(DAY FROM o.order_date),
       o.customer_id,
       l.product_id,
       l.quantity,
       l.quantity * l.unit_price
FROM ${PREFIX}RETAIL_SALES.SALES_ORDER_LINE l
INNER JOIN ${PREFIX}RETAIL_SALES.SALES_ORDER o ON o.order_id = l.order_id;
