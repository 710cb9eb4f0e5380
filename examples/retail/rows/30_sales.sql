-- 500 customers, 12 stores, 1,500 orders and what follows from them.

INSERT INTO ${PREFIX}RETAIL_SALES.CUSTOMER (customer_id, customer_no, first_name, last_name, email, birth_date, segment, credit_limit, is_active, created_at, changed_at)
SELECT n,
       'C' || TRIM(CAST(1000000 + n AS VARCHAR(11))),
       CASE n MOD 7 WHEN 0 THEN 'Anna' WHEN 1 THEN 'Jürgen' WHEN 2 THEN 'Žofie' WHEN 3 THEN 'Chloé' WHEN 4 THEN 'Karl' WHEN 5 THEN 'Ines' ELSE NULL END,
       CASE n MOD 6 WHEN 0 THEN 'Novák' WHEN 1 THEN 'Schmidt' WHEN 2 THEN 'Moreau' WHEN 3 THEN 'O''Brien' WHEN 4 THEN 'Groß' ELSE 'Rossi' END,
       'customer' || TRIM(CAST(n AS VARCHAR(11))) || '@example.com',
       CASE WHEN n MOD 10 = 0 THEN NULL ELSE DATE '1950-01-01' + n * 37 END,
       CASE n MOD 3 WHEN 0 THEN 'A' WHEN 1 THEN 'B' ELSE 'C' END,
       CASE n MOD 4 WHEN 0 THEN 0.00 WHEN 1 THEN 500.00 WHEN 2 THEN 1000.00 ELSE NULL END,
       CASE WHEN n MOD 12 = 0 THEN 0 ELSE 1 END,
       CAST(DATE '2022-01-01' + n AS TIMESTAMP(0)),
       CASE WHEN n MOD 5 = 0 THEN CAST(DATE '2025-01-01' + (n MOD 150) AS TIMESTAMP(6)) ELSE NULL END
FROM ${PREFIX}RETAIL_STAGE.V_NUMBER
WHERE n BETWEEN 1 AND 500;

INSERT INTO ${PREFIX}RETAIL_SALES.CUSTOMER_ADDRESS (customer_id, address_no, street, city, postal_code, country_code, valid_from)
SELECT customer_id,
       1,
       'Hauptstraße ' || TRIM(CAST((customer_id MOD 90) + 1 AS VARCHAR(11))),
       CASE customer_id MOD 4 WHEN 0 THEN 'Brno' WHEN 1 THEN 'München' WHEN 2 THEN 'Lyon' ELSE 'Wien' END,
       TRIM(CAST(10000 + customer_id AS VARCHAR(11))),
       CASE customer_id MOD 4 WHEN 0 THEN 'CZ' WHEN 1 THEN 'DE' WHEN 2 THEN 'FR' ELSE 'AT' END,
       DATE '2022-01-01' + customer_id
FROM ${PREFIX}RETAIL_SALES.CUSTOMER;

INSERT INTO ${PREFIX}RETAIL_SALES.CUSTOMER_ADDRESS (customer_id, address_no, street, city, postal_code, country_code, valid_from)
SELECT customer_id, 2, NULL, 'Berlin', '10115', 'DE', DATE '2024-03-01'
FROM ${PREFIX}RETAIL_SALES.CUSTOMER
WHERE customer_id MOD 5 = 0;

INSERT INTO ${PREFIX}RETAIL_SALES.STORE (store_id, store_name, opened_on, opens_at, floor_area, is_online)
SELECT n,
       CASE WHEN n = 0 THEN 'Web shop' ELSE 'Store ' || TRIM(CAST(n AS VARCHAR(11))) END,
       DATE '2010-04-01' + n * 200,
       CASE WHEN n = 0 THEN NULL ELSE TIME '08:30:00' END,
       CASE WHEN n = 0 THEN NULL ELSE CAST(n * 45 AS DECIMAL(7,1)) + 120.5 END,
       CASE WHEN n = 0 THEN 1 ELSE 0 END
FROM ${PREFIX}RETAIL_STAGE.V_NUMBER
WHERE n BETWEEN 0 AND 11;

INSERT INTO ${PREFIX}RETAIL_SALES.EMPLOYEE (employee_id, store_id, manager_id, full_name, job_title, salary, hired_on)
SELECT n,
       n MOD 12,
       CASE WHEN n < 12 THEN NULL ELSE n MOD 12 END,
       'Employee ' || TRIM(CAST(n AS VARCHAR(11))),
       CASE WHEN n < 12 THEN 'Manager' ELSE 'Cashier' END,
       CAST(n MOD 20 AS DECIMAL(9,2)) * 100 + 2100.50,
       DATE '2018-01-01' + n * 17
FROM ${PREFIX}RETAIL_STAGE.V_NUMBER
WHERE n BETWEEN 0 AND 59;

INSERT INTO ${PREFIX}RETAIL_SALES.SALES_ORDER (order_id, customer_id, store_id, order_date, ordered_at, order_status, net_amount, tax_amount, coupon_code)
SELECT n,
       ((n * 13) MOD 500) + 1,
       n MOD 12,
       DATE '2024-01-01' + (n MOD 700),
       CAST(DATE '2024-01-01' + (n MOD 700) AS TIMESTAMP(6)) + CAST(n MOD 1440 AS INTERVAL MINUTE(4)),
       CASE n MOD 10 WHEN 0 THEN 'C' WHEN 1 THEN 'O' WHEN 2 THEN 'P' ELSE 'S' END,
       CAST(n MOD 200 AS DECIMAL(12,2)) + 9.99,
       (CAST(n MOD 200 AS DECIMAL(12,2)) + 9.99) * 0.21,
       CASE WHEN n MOD 20 = 0 THEN 'SPRING' ELSE NULL END
FROM ${PREFIX}RETAIL_STAGE.V_NUMBER
WHERE n BETWEEN 1 AND 1500;

INSERT INTO ${PREFIX}RETAIL_SALES.SALES_ORDER_LINE (order_id, line_no, product_id, quantity, unit_price, discount_percent, promotion_id)
SELECT o.order_id,
       d.d,
       ((o.order_id * 7 + d.d * 31) MOD 300) + 1,
       CAST((o.order_id + d.d) MOD 4 AS INTEGER) + 1,
       p.ListPrice,
       CASE (o.order_id + d.d) MOD 5 WHEN 0 THEN 5.00 WHEN 1 THEN 10.00 ELSE 0.00 END,
       CASE WHEN o.order_id MOD 9 = 0 THEN (o.order_id MOD 10) + 1 ELSE NULL END
FROM ${PREFIX}RETAIL_SALES.SALES_ORDER o
INNER JOIN ${PREFIX}RETAIL_STAGE.DIGIT d ON d.d BETWEEN 1 AND (o.order_id MOD 4) + 1
INNER JOIN ${PREFIX}RETAIL_PRODUCT.PRODUCT p ON p.ProductId = ((o.order_id * 7 + d.d * 31) MOD 300) + 1;

INSERT INTO ${PREFIX}RETAIL_SALES.PAYMENT (payment_id, order_id, payment_method, amount, paid_on, reference_hash)
SELECT order_id + 100000,
       order_id,
       CASE order_id MOD 3 WHEN 0 THEN 'card' WHEN 1 THEN 'cash' ELSE 'invoice' END,
       net_amount + tax_amount,
       order_date + 2,
       CASE WHEN order_id MOD 3 = 0 THEN '0A1B2C3D'XB ELSE NULL END
FROM ${PREFIX}RETAIL_SALES.SALES_ORDER
WHERE order_status IN ('P', 'S');

INSERT INTO ${PREFIX}RETAIL_SALES.SHIPMENT (shipment_id, order_id, warehouse_code, carrier, shipped_at, delivered_at, weight_kg)
SELECT order_id + 200000,
       order_id,
       CASE order_id MOD 4 WHEN 0 THEN 'BRQ1' WHEN 1 THEN 'MUC1' WHEN 2 THEN 'LYS1' ELSE 'WEB1' END,
       'Parcel & Co',
       CAST(order_date + 3 AS TIMESTAMP(6)),
       CASE WHEN order_id MOD 8 = 0 THEN NULL ELSE CAST(order_date + 5 AS TIMESTAMP(6)) END,
       CAST(order_id MOD 30 AS FLOAT) / 4
FROM ${PREFIX}RETAIL_SALES.SALES_ORDER
WHERE order_status = 'S';

INSERT INTO ${PREFIX}RETAIL_SALES.RETURN_REASON (reason_code, reason_text) VALUES ('BRK', 'Broken');
INSERT INTO ${PREFIX}RETAIL_SALES.RETURN_REASON (reason_code, reason_text) VALUES ('SIZ', 'Wrong size');
INSERT INTO ${PREFIX}RETAIL_SALES.RETURN_REASON (reason_code, reason_text) VALUES ('LAT', 'Came too late');
INSERT INTO ${PREFIX}RETAIL_SALES.RETURN_REASON (reason_code, reason_text) VALUES ('OTH', 'Other');

INSERT INTO ${PREFIX}RETAIL_SALES.SALES_RETURN (return_id, order_id, line_no, reason_code, quantity, returned_on, refund)
SELECT CAST(l.order_id AS INTEGER),
       l.order_id,
       l.line_no,
       CASE l.order_id MOD 4 WHEN 0 THEN 'BRK' WHEN 1 THEN 'SIZ' WHEN 2 THEN 'LAT' ELSE 'OTH' END,
       1,
       o.order_date + 20,
       l.unit_price
FROM ${PREFIX}RETAIL_SALES.SALES_ORDER_LINE l
INNER JOIN ${PREFIX}RETAIL_SALES.SALES_ORDER o ON o.order_id = l.order_id
WHERE l.line_no = 1 AND o.order_status = 'S' AND l.order_id MOD 15 = 4;

INSERT INTO ${PREFIX}RETAIL_SALES.LOYALTY_ACCOUNT (account_id, customer_id, points, score, tier, joined_on)
SELECT customer_id + 5000,
       customer_id,
       customer_id * 10,
       customer_id / 7.0,
       CASE segment WHEN 'A' THEN 'GOLD' WHEN 'B' THEN 'SILVER' ELSE 'BRONZE' END,
       DATE '2023-01-01' + customer_id
FROM ${PREFIX}RETAIL_SALES.CUSTOMER
WHERE customer_id MOD 2 = 0;

INSERT INTO ${PREFIX}RETAIL_SALES.WEB_EVENT (session_key, event_ts, event_type, customer_id, url, user_agent, duration_ms)
SELECT CASE n MOD 4 WHEN 0 THEN '00A1'XB WHEN 1 THEN '00A2'XB WHEN 2 THEN '00A3'XB ELSE '00A4'XB END,
       CAST(DATE '2025-05-01' + (n MOD 30) AS TIMESTAMP(6)),
       CASE n MOD 3 WHEN 0 THEN 'view' WHEN 1 THEN 'search' ELSE 'basket' END,
       CASE WHEN n MOD 2 = 0 THEN (n MOD 500) + 1 ELSE NULL END,
       '/product/' || TRIM(CAST((n MOD 300) + 1 AS VARCHAR(11))) || '?ref=%2Fhome',
       'Mozilla/5.0',
       (n * 37) MOD 5000
FROM ${PREFIX}RETAIL_STAGE.V_NUMBER
WHERE n BETWEEN 1 AND 1000;

INSERT INTO ${PREFIX}RETAIL_SALES.CUSTOMER_CONTACT (customer_id, channel, contacted_at, remark)
SELECT customer_id, 'mail', TIMESTAMP '2025-02-03 09:15:00+00:00', 'Thanked for the order'
FROM ${PREFIX}RETAIL_SALES.CUSTOMER
WHERE customer_id <= 50;

INSERT INTO ${PREFIX}RETAIL_SALES."Gift Card" ("Card No", "Order", "Date", "Größe", "Balance EUR (€)", "he said ""hi""", "100%$#")
SELECT n,
       CASE WHEN n MOD 3 = 0 THEN n * 10 ELSE NULL END,
       DATE '2023-03-01' + n,
       CASE n MOD 3 WHEN 0 THEN 'klein' WHEN 1 THEN 'mittel' ELSE 'groß' END,
       CAST(n AS DECIMAL(9,2)) * 5,
       NULL,
       100
FROM ${PREFIX}RETAIL_STAGE.V_NUMBER
WHERE n BETWEEN 1 AND 40;
