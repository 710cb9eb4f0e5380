-- Indexes are told apart by their columns and their ordering.
-- before
CREATE TABLE SALES.T (A INTEGER, B INTEGER, C INTEGER) PRIMARY INDEX (A)
INDEX I1 (B) INDEX (C) ORDER BY VALUES (C);
-- after
CREATE TABLE SALES.T (A INTEGER, B INTEGER, C INTEGER) PRIMARY INDEX (A)
INDEX I1 (b) INDEX I2 ALL (B) ORDER BY VALUES (B) UNIQUE INDEX (b, c) WITH LOAD IDENTITY INDEX (C) ORDER BY HASH (C);
-- changes
SALES.T  table altered
  index (C) ORDER BY VALUES (C)  order by  (VALUES, C) → (HASH, C)
  index (B) ORDER BY VALUES (B)  added     INDEX I2 ALL (B) ORDER BY VALUES (B)
  index (b, c)                   added     UNIQUE INDEX (b, c) WITH LOAD IDENTITY
