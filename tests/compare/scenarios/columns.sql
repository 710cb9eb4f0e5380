-- A column that came in the middle, one that went, one that moved.
-- before
CREATE TABLE SALES.T (A INTEGER, B DECIMAL(5,2), C VARCHAR(10) CHARACTER SET UNICODE NOT NULL, D DATE) PRIMARY INDEX (A);
-- after
CREATE TABLE SALES.T (A INTEGER, NEW_ONE BIGINT, D DATE, C VARCHAR(10) CHARACTER SET LATIN) PRIMARY INDEX (A);
-- changes
SALES.T  table altered
  table           column order  (A, B, C, D) → (A, NEW_ONE, D, C)
  column C        charset       UNICODE → LATIN
  column C        nullable      no → yes
  column B        removed       DECIMAL(5,2)
  column NEW_ONE  added         BIGINT
