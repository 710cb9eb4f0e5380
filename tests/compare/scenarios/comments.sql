-- A comment on a table or column that somebody changed.
-- before
CREATE TABLE SALES.T (A INTEGER);
COMMENT ON TABLE SALES.T AS 'orders';
COMMENT ON COLUMN SALES.T.A AS 'number';
-- after
CREATE TABLE SALES.T (A INTEGER);
COMMENT ON TABLE SALES.T IS 'orders';
COMMENT ON COLUMN SALES.T.A IS 'the number';
-- changes
SALES.T  table altered
  column A  comment  number → the number
