-- The same text, run in a Teradata session, makes another table.
-- defaults after: session_mode: TERA
-- before
CREATE TABLE SALES.T (A INTEGER, B CHAR(3));
-- after
CREATE TABLE SALES.T (A INTEGER, B CHAR(3));
-- changes
SALES.T  table altered
  table     set kind       MULTISET → SET
  column B  case specific  yes → no
