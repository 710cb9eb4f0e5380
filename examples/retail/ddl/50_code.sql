-- Macros, a procedure, a trigger and a join index.

CREATE MACRO ${PREFIX}RETAIL_MART.SALES_OF_DAY (day_key INTEGER) AS (
    SELECT f.product_key, SUM(f.amount) AS amount
    FROM ${PREFIX}RETAIL_MART.FACT_SALES f
    WHERE f.date_key = :day_key
    GROUP BY f.product_key;
);

COMMENT ON MACRO ${PREFIX}RETAIL_MART.SALES_OF_DAY AS 'Sales of one day, by product';

CREATE MACRO ${PREFIX}RETAIL_SALES.CUSTOMER_ORDERS (who INTEGER) AS (
    SELECT order_id, order_date, order_status, net_amount
    FROM ${PREFIX}RETAIL_SALES.SALES_ORDER
    WHERE customer_id = :who;
);

CREATE PROCEDURE ${PREFIX}RETAIL_MART.REFRESH_FACT_SALES (IN day_from DATE, OUT rows_loaded INTEGER)
BEGIN
    DECLARE first_key INTEGER;
    SET first_key = EXTRACT(YEAR FROM day_from) * 10000 + EXTRACT(MONTH FROM day_from) * 100 + EXTRACT(DAY FROM day_from);
    DELETE FROM ${PREFIX}RETAIL_MART.FACT_SALES WHERE date_key >= :first_key;
    INSERT INTO ${PREFIX}RETAIL_MART.FACT_SALES (order_id, line_no, date_key, customer_key, product_key, quantity, amount)
    SELECT l.order_id,
           l.line_no,
           EXTRACT(YEAR FROM o.order_date) * 10000 + EXTRACT(MONTH FROM o.order_date) * 100 + EXTRACT(DAY FROM o.order_date),
           o.customer_id,
           l.product_id,
           l.quantity,
           l.quantity * l.unit_price
    FROM ${PREFIX}RETAIL_SALES.SALES_ORDER_LINE l
    INNER JOIN ${PREFIX}RETAIL_SALES.SALES_ORDER o ON o.order_id = l.order_id
    WHERE o.order_date >= :day_from;
    SET rows_loaded = ACTIVITY_COUNT;
END;

CREATE TRIGGER ${PREFIX}RETAIL_PRODUCT.PRICE_CHANGED
AFTER UPDATE OF (Price) ON ${PREFIX}RETAIL_PRODUCT.PRICE
REFERENCING OLD AS before_row NEW AS after_row
FOR EACH ROW
WHEN (before_row.Price <> after_row.Price)
(
    INSERT INTO ${PREFIX}RETAIL_PRODUCT.PRICE_AUDIT (ProductId, OldPrice, NewPrice, ChangedAt)
    VALUES (before_row.ProductId, before_row.Price, after_row.Price, CURRENT_TIMESTAMP(6));
);

CREATE JOIN INDEX ${PREFIX}RETAIL_MART.SALES_BY_PRODUCT AS
SELECT product_key, SUM(amount) AS amount, COUNT(*) AS line_count
FROM ${PREFIX}RETAIL_MART.FACT_SALES
GROUP BY product_key
PRIMARY INDEX (product_key);
