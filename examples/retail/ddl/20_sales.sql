-- Customers, orders, payments and returns.

CREATE MULTISET TABLE ${PREFIX}RETAIL_SALES.CUSTOMER ,FALLBACK
     (
      customer_id INTEGER NOT NULL,
      customer_no CHAR(10) CHARACTER SET LATIN UPPERCASE NOT CASESPECIFIC NOT NULL,
      first_name VARCHAR(60) CHARACTER SET UNICODE NOT CASESPECIFIC,
      last_name VARCHAR(60) CHARACTER SET UNICODE NOT CASESPECIFIC NOT NULL,
      email VARCHAR(254) CHARACTER SET LATIN NOT CASESPECIFIC,
      birth_date DATE FORMAT 'YYYY-MM-DD',
      segment CHAR(1) CHARACTER SET LATIN NOT NULL CHECK (segment IN ('A','B','C')) COMPRESS ('A','B','C'),
      credit_limit DECIMAL(12,2) DEFAULT 0.00 COMPRESS (0.00,500.00,1000.00),
      is_active BYTEINT DEFAULT 1 NOT NULL COMPRESS (0,1),
      created_at TIMESTAMP(0) NOT NULL,
      changed_at TIMESTAMP(6),
      PRIMARY KEY (customer_id),
      CONSTRAINT CUSTOMER_NO_UNIQUE UNIQUE (customer_no));

COMMENT ON TABLE ${PREFIX}RETAIL_SALES.CUSTOMER AS 'People and companies that have bought or registered';
COMMENT ON COLUMN ${PREFIX}RETAIL_SALES.CUSTOMER.customer_id AS 'Number of the customer, given by the shop';
COMMENT ON COLUMN ${PREFIX}RETAIL_SALES.CUSTOMER.customer_no AS 'Number printed on the customer''s card';
COMMENT ON COLUMN ${PREFIX}RETAIL_SALES.CUSTOMER.segment AS 'A: more than 1,000 a year; B: more than 100; C: the others';

CREATE MULTISET TABLE ${PREFIX}RETAIL_SALES.CUSTOMER_ADDRESS
     (
      customer_id INTEGER NOT NULL,
      address_no SMALLINT NOT NULL,
      street VARCHAR(120) CHARACTER SET UNICODE,
      city VARCHAR(80) CHARACTER SET UNICODE NOT NULL,
      postal_code VARCHAR(12) CHARACTER SET LATIN,
      country_code CHAR(2) CHARACTER SET LATIN NOT NULL DEFAULT 'DE' COMPRESS ('AT','CZ','DE','FR'),
      valid_from DATE FORMAT 'YYYY-MM-DD' NOT NULL,
      PRIMARY KEY (customer_id, address_no),
      FOREIGN KEY (customer_id) REFERENCES WITH NO CHECK OPTION ${PREFIX}RETAIL_SALES.CUSTOMER (customer_id))
PRIMARY INDEX (customer_id);

COMMENT ON TABLE ${PREFIX}RETAIL_SALES.CUSTOMER_ADDRESS AS 'Addresses of a customer, numbered from 1';

CREATE SET TABLE ${PREFIX}RETAIL_SALES.CUSTOMER_CONTACT
     (
      contact_id INTEGER GENERATED ALWAYS AS IDENTITY
           (START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 NO CYCLE) NOT NULL,
      customer_id INTEGER NOT NULL,
      channel VARCHAR(10) CHARACTER SET LATIN NOT NULL COMPRESS ('mail','phone','chat'),
      contacted_at TIMESTAMP(0) WITH TIME ZONE NOT NULL,
      remark VARCHAR(1000) CHARACTER SET UNICODE)
PRIMARY INDEX (customer_id);

CREATE MULTISET TABLE ${PREFIX}RETAIL_SALES.STORE
     (
      store_id SMALLINT NOT NULL PRIMARY KEY,
      store_name VARCHAR(80) CHARACTER SET UNICODE NOT NULL,
      opened_on DATE FORMAT 'YYYY-MM-DD',
      opens_at TIME(0),
      floor_area DECIMAL(7,1),
      is_online BYTEINT DEFAULT 0 NOT NULL);

COMMENT ON TABLE ${PREFIX}RETAIL_SALES.STORE AS 'Shops; the web shop is store 0';

CREATE SET TABLE ${PREFIX}RETAIL_SALES.EMPLOYEE
     (
      employee_id INTEGER NOT NULL,
      store_id SMALLINT NOT NULL,
      manager_id INTEGER,
      full_name VARCHAR(120) CHARACTER SET UNICODE NOT NULL,
      job_title VARCHAR(60) CHARACTER SET LATIN TITLE 'Job' COMPRESS ('Cashier','Manager'),
      salary DECIMAL(9,2),
      hired_on DATE FORMAT 'YYYY-MM-DD' NOT NULL,
      PRIMARY KEY (employee_id),
      CONSTRAINT EMPLOYEE_STORE FOREIGN KEY (store_id)
          REFERENCES WITH NO CHECK OPTION ${PREFIX}RETAIL_SALES.STORE (store_id))
PRIMARY INDEX (store_id);

COMMENT ON TABLE ${PREFIX}RETAIL_SALES.EMPLOYEE AS 'People who work in a store';
COMMENT ON COLUMN ${PREFIX}RETAIL_SALES.EMPLOYEE.manager_id AS 'employee_id of the manager; NULL for the head of a store';

CREATE MULTISET TABLE ${PREFIX}RETAIL_SALES.SALES_ORDER
     (
      order_id BIGINT NOT NULL,
      customer_id INTEGER NOT NULL,
      store_id SMALLINT NOT NULL,
      order_date DATE FORMAT 'YYYY-MM-DD' NOT NULL,
      ordered_at TIMESTAMP(6) NOT NULL,
      order_status CHAR(1) CHARACTER SET LATIN NOT NULL CHECK (order_status IN ('O','P','S','C')) COMPRESS ('O','P','S','C'),
      net_amount DECIMAL(12,2) NOT NULL,
      tax_amount DECIMAL(12,2) NOT NULL,
      coupon_code VARCHAR(20) CHARACTER SET LATIN COMPRESS,
      PRIMARY KEY (order_id),
      FOREIGN KEY (customer_id) REFERENCES WITH NO CHECK OPTION ${PREFIX}RETAIL_SALES.CUSTOMER (customer_id),
      FOREIGN KEY (store_id) REFERENCES WITH NO CHECK OPTION ${PREFIX}RETAIL_SALES.STORE (store_id))
PRIMARY INDEX (customer_id)
PARTITION BY RANGE_N(order_date BETWEEN DATE '2024-01-01' AND DATE '2026-12-31' EACH INTERVAL '1' MONTH, NO RANGE, UNKNOWN)
INDEX SALES_ORDER_BY_DATE (order_date);

COMMENT ON TABLE ${PREFIX}RETAIL_SALES.SALES_ORDER AS 'One row an order, in a store or on the web';
COMMENT ON COLUMN ${PREFIX}RETAIL_SALES.SALES_ORDER.order_status AS 'O open, P paid, S shipped, C cancelled';
COMMENT ON COLUMN ${PREFIX}RETAIL_SALES.SALES_ORDER.net_amount AS 'Sum of the lines without VAT, in euro';

CREATE MULTISET TABLE ${PREFIX}RETAIL_SALES.SALES_ORDER_LINE
     (
      order_id BIGINT NOT NULL,
      line_no SMALLINT NOT NULL,
      product_id INTEGER NOT NULL,
      quantity INTEGER NOT NULL CHECK (quantity > 0),
      unit_price DECIMAL(9,2) NOT NULL,
      discount_percent DECIMAL(5,2) DEFAULT 0.00 NOT NULL COMPRESS (0.00,5.00,10.00),
      promotion_id INTEGER COMPRESS,
      PRIMARY KEY (order_id, line_no),
      FOREIGN KEY (order_id) REFERENCES WITH NO CHECK OPTION ${PREFIX}RETAIL_SALES.SALES_ORDER (order_id))
PRIMARY INDEX (order_id);

COMMENT ON TABLE ${PREFIX}RETAIL_SALES.SALES_ORDER_LINE AS 'What was ordered; lines count from 1 in each order';

CREATE MULTISET TABLE ${PREFIX}RETAIL_SALES.PAYMENT
     (
      payment_id BIGINT NOT NULL,
      order_id BIGINT NOT NULL,
      payment_method VARCHAR(10) CHARACTER SET LATIN NOT NULL,
      amount DECIMAL(12,2) NOT NULL,
      paid_on DATE FORMAT 'YYYY-MM-DD' NOT NULL,
      reference_hash VARBYTE(32))
PRIMARY INDEX (order_id)
PARTITION BY (RANGE_N(paid_on BETWEEN DATE '2024-01-01' AND DATE '2026-12-31' EACH INTERVAL '1' MONTH, NO RANGE),
              CASE_N(payment_method = 'card', payment_method = 'cash', NO CASE OR UNKNOWN))
UNIQUE INDEX PAYMENT_ID (payment_id);

COMMENT ON TABLE ${PREFIX}RETAIL_SALES.PAYMENT AS 'Payments received';

CREATE MULTISET TABLE ${PREFIX}RETAIL_SALES.SHIPMENT
     (
      shipment_id BIGINT NOT NULL,
      order_id BIGINT NOT NULL,
      warehouse_code CHAR(4) CHARACTER SET LATIN NOT NULL,
      carrier VARCHAR(40) CHARACTER SET LATIN,
      shipped_at TIMESTAMP(6) WITH TIME ZONE,
      delivered_at TIMESTAMP(6) WITH TIME ZONE,
      weight_kg FLOAT,
      PRIMARY KEY (shipment_id));

CREATE MULTISET TABLE ${PREFIX}RETAIL_SALES.RETURN_REASON
     (
      reason_code CHAR(3) CHARACTER SET LATIN NOT NULL PRIMARY KEY,
      reason_text VARCHAR(80) CHARACTER SET UNICODE NOT NULL);

COMMENT ON TABLE ${PREFIX}RETAIL_SALES.RETURN_REASON AS 'Why customers send things back: 100 % of "reasons" are listed here';

CREATE MULTISET TABLE ${PREFIX}RETAIL_SALES.SALES_RETURN
     (
      return_id INTEGER NOT NULL,
      order_id BIGINT NOT NULL,
      line_no SMALLINT NOT NULL,
      reason_code CHAR(3) CHARACTER SET LATIN NOT NULL,
      quantity INTEGER NOT NULL,
      returned_on DATE FORMAT 'YYYY-MM-DD' NOT NULL,
      refund DECIMAL(12,2),
      FOREIGN KEY (order_id, line_no)
          REFERENCES WITH NO CHECK OPTION ${PREFIX}RETAIL_SALES.SALES_ORDER_LINE (order_id, line_no),
      FOREIGN KEY (reason_code) REFERENCES WITH NO CHECK OPTION ${PREFIX}RETAIL_SALES.RETURN_REASON (reason_code))
UNIQUE PRIMARY INDEX (return_id)
INDEX (order_id, line_no);

CREATE SET TABLE ${PREFIX}RETAIL_SALES.LOYALTY_ACCOUNT
     (
      account_id INTEGER NOT NULL,
      customer_id INTEGER NOT NULL UNIQUE,
      points BIGINT DEFAULT 0 NOT NULL,
      score NUMBER,
      tier VARCHAR(10) CHARACTER SET LATIN UPPERCASE NOT CASESPECIFIC COMPRESS ('BRONZE','SILVER','GOLD'),
      membership INTERVAL YEAR(2) TO MONTH,
      joined_on DATE NOT NULL)
UNIQUE PRIMARY INDEX LOYALTY_UPI (account_id);

COMMENT ON TABLE ${PREFIX}RETAIL_SALES.LOYALTY_ACCOUNT AS 'Points that customers collect';

CREATE MULTISET TABLE ${PREFIX}RETAIL_SALES.WEB_EVENT
     (
      session_key VARBYTE(16) NOT NULL,
      event_ts TIMESTAMP(6) NOT NULL,
      event_type VARCHAR(20) CHARACTER SET LATIN NOT NULL,
      customer_id INTEGER,
      url VARCHAR(2000) CHARACTER SET LATIN CASESPECIFIC,
      user_agent VARCHAR(500) CHARACTER SET UNICODE,
      duration_ms INTEGER)
NO PRIMARY INDEX;

COMMENT ON TABLE ${PREFIX}RETAIL_SALES.WEB_EVENT AS 'Clicks in the web shop, as they arrive';

CREATE GLOBAL TEMPORARY TABLE ${PREFIX}RETAIL_SALES.BASKET
     (
      session_no INTEGER NOT NULL,
      product_id INTEGER NOT NULL,
      quantity SMALLINT NOT NULL)
PRIMARY INDEX (session_no)
ON COMMIT PRESERVE ROWS;

-- Names as they come from a spreadsheet: blanks, reserved words, letters outside ASCII.
CREATE MULTISET TABLE ${PREFIX}RETAIL_SALES."Gift Card"
     (
      "Card No" INTEGER NOT NULL,
      "Order" BIGINT,
      "Date" DATE FORMAT 'YYYY-MM-DD' NOT NULL,
      "Größe" VARCHAR(10) CHARACTER SET UNICODE,
      "Balance EUR (€)" DECIMAL(9,2) NOT NULL,
      "he said ""hi""" VARCHAR(40) CHARACTER SET UNICODE,
      "100%$#" SMALLINT,
      PRIMARY KEY ("Card No"));

COMMENT ON TABLE ${PREFIX}RETAIL_SALES."Gift Card" AS 'Gift cards, kept in a spreadsheet until 2023: {{ not a template }}, 100 % #sold';
COMMENT ON COLUMN ${PREFIX}RETAIL_SALES."Gift Card"."Größe" AS 'Size of the printed card: "klein", "mittel" or "groß"';

CREATE VIEW ${PREFIX}RETAIL_SALES.V_ACTIVE_CUSTOMER AS
LOCKING ROW FOR ACCESS
SELECT customer_id,
       customer_no,
       TRIM(first_name) || ' ' || TRIM(last_name) AS full_name,
       email,
       segment
FROM ${PREFIX}RETAIL_SALES.CUSTOMER
WHERE is_active = 1;

COMMENT ON VIEW ${PREFIX}RETAIL_SALES.V_ACTIVE_CUSTOMER AS 'Customers who may order';

CREATE VIEW ${PREFIX}RETAIL_SALES.V_ORDER_TOTAL AS
SELECT o.order_id,
       o.customer_id,
       o.order_date,
       COUNT(*) AS line_count,
       SUM(l.quantity) AS total_quantity,
       SUM(CAST(l.quantity * l.unit_price AS DECIMAL(18,2))) AS gross_amount,
       MAX(l.unit_price) AS highest_price
FROM ${PREFIX}RETAIL_SALES.SALES_ORDER o
INNER JOIN ${PREFIX}RETAIL_SALES.SALES_ORDER_LINE l ON l.order_id = o.order_id
GROUP BY o.order_id, o.customer_id, o.order_date;

COMMENT ON VIEW ${PREFIX}RETAIL_SALES.V_ORDER_TOTAL AS 'Orders with the sums of their lines';

CREATE VIEW ${PREFIX}RETAIL_SALES.V_STORE_MONTH AS
SELECT s.store_name,
       EXTRACT(YEAR FROM o.order_date) AS order_year,
       EXTRACT(MONTH FROM o.order_date) AS order_month,
       CAST(SUM(o.net_amount) AS DECIMAL(18,2)) AS net_amount
FROM ${PREFIX}RETAIL_SALES.SALES_ORDER o
INNER JOIN ${PREFIX}RETAIL_SALES.STORE s ON s.store_id = o.store_id
WHERE o.order_status <> 'C'
GROUP BY s.store_name, EXTRACT(YEAR FROM o.order_date), EXTRACT(MONTH FROM o.order_date);
