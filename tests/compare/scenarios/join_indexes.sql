-- A join index as a developer writes it, and as SHOW JOIN INDEX prints it: only what is meant differs.
-- before
DATABASE SALES;
CREATE JOIN INDEX DAYS, FALLBACK AS
SELECT store, day AS d, SUM(amount) AS amounts, COUNT(amount) AS n
FROM orders GROUP BY 1, 2
PRIMARY INDEX (store, d) PARTITION BY RANGE_N(d BETWEEN DATE '2020-01-01' AND DATE '2029-12-31' EACH INTERVAL '1' DAY);
CREATE JOIN INDEX PLACES, FALLBACK AS
SELECT o.id, o.amount total, s.city FROM orders o INNER JOIN stores AS s ON o.store = s.id AND (s.open_from < o.day)
PRIMARY INDEX (id) INDEX (city);
CREATE JOIN INDEX IDS AS SELECT (id), (ROWID) FROM orders ORDER BY VALUES (id) PRIMARY INDEX (id);
CREATE HASH INDEX AMOUNTS, FALLBACK (amount, id) ON orders BY (amount) ORDER BY HASH (amount);
CREATE JOIN INDEX OTHER AS SELECT id, amount FROM orders WHERE amount > 10 PRIMARY INDEX (id);
-- after
CREATE JOIN INDEX SALES.DAYS ,FALLBACK ,CHECKSUM = DEFAULT, MAP = TD_MAP1 AS 
SELECT COUNT(*)(FLOAT, NAMED CountStar ),SALES.orders.STORE ,
SALES.orders.day (NAMED d ),SUM(SALES.orders.amount )(DECIMAL(38,2), NAMED amounts ),COUNT(SALES.orders.amount )(FLOAT, NAMED n )
 FROM SALES.orders 
GROUP BY SALES.orders.day ,SALES.orders.STORE 
PRIMARY INDEX ( STORE ,d )
PARTITION BY RANGE_N(d  BETWEEN DATE '2020-01-01' AND DATE '2029-12-31' EACH INTERVAL '1' DAY );
CREATE JOIN INDEX SALES.PLACES ,FALLBACK ,CHECKSUM = DEFAULT, MAP = TD_MAP1 AS 
SELECT o.id ,o.amount (NAMED total ),s.city 
 FROM SALES.orders o ,SALES.stores s 
WHERE (s.open_from <  o.day )AND (o.store = s.id )
PRIMARY INDEX ( id )
INDEX ( city );
CREATE JOIN INDEX SALES.IDS ,NO FALLBACK ,CHECKSUM = DEFAULT, MAP = TD_MAP1 AS 
SELECT (SALES.orders.id ),(SALES.orders.ROWID )
 FROM SALES.orders 
ORDER BY SALES.orders.id ASC 
PRIMARY INDEX ( id );
CREATE HASH INDEX SALES.AMOUNTS ,FALLBACK ,CHECKSUM = DEFAULT, MAP = TD_MAP1 
( amount ,id )
ON SALES.orders
BY ( amount )
ORDER BY HASH ( amount );
CREATE JOIN INDEX SALES.OTHER ,NO FALLBACK ,CHECKSUM = DEFAULT, MAP = TD_MAP1 AS 
SELECT SALES.orders.id ,SALES.orders.amount 
 FROM SALES.orders 
WHERE SALES.orders.amount >  11 
PRIMARY INDEX ( id );
-- changes
SALES.OTHER  join index altered
  join index  query  SELECT id, amount FROM orders WHERE amount > 10 → SELECT SALES.orders.id ,SALES.orders.amount \n FROM SALES.orders \nWHERE S…
