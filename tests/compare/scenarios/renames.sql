-- An object or a column that has another name and is otherwise the same; what could be two is none.
-- before
CREATE TABLE SALES.ORDERS (ID INTEGER, Amount DECIMAL(10,2), D DATE) PRIMARY INDEX (ID);
CREATE TABLE SALES.LOG_1 (T TIMESTAMP);
CREATE TABLE SALES.KEPT (A INTEGER, B INTEGER, C CHAR(3)) PRIMARY INDEX (A);
CREATE VIEW SALES.V AS SELECT ID FROM SALES.ORDERS;
-- after
CREATE TABLE SALES.ORDERS_2024 (ID INTEGER, Amount DECIMAL(10,2), D DATE) PRIMARY INDEX (ID);
CREATE TABLE SALES.LOG_2 (T TIMESTAMP);
CREATE TABLE SALES.LOG_3 (T TIMESTAMP);
CREATE TABLE SALES.KEPT (A INTEGER, "Sum of it" INTEGER, C2 VARCHAR(3)) PRIMARY INDEX (A);
REPLACE VIEW SALES."All" AS SELECT ID FROM SALES.ORDERS;
-- changes
SALES."All"  view renamed from SALES.V

SALES.KEPT  table altered
  column Sum of it  renamed  from B
  column C          removed  CHAR(3)
  column C2         added    VARCHAR(3)

SALES.LOG_1  table removed

SALES.LOG_2  table added

SALES.LOG_3  table added

SALES.ORDERS_2024  table renamed from SALES.ORDERS
