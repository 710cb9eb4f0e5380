-- After a VARCHAR was widened in place, SHOW TABLE prints the old FORMAT; the length is the change, the FORMAT is none.
-- before
CREATE TABLE SALES.T (A INTEGER, NOTE VARCHAR(20));
-- after
CREATE TABLE SALES.T (A INTEGER, NOTE VARCHAR(40) FORMAT 'X(20)');
-- changes
SALES.T  table altered
  column NOTE  type  VARCHAR(20) → VARCHAR(40)
