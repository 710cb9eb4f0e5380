-- Constraints are told apart by name, or by what they say.
-- before
CREATE TABLE SALES.T (A INTEGER NOT NULL, B INTEGER, C INTEGER,
    CONSTRAINT POSITIVE CHECK (B > 0),
    UNIQUE (A),
    FOREIGN KEY (B) REFERENCES WITH NO CHECK OPTION SALES.P (ID))
PRIMARY INDEX (A);
-- after
CREATE TABLE SALES.T (A INTEGER NOT NULL, B INTEGER, C INTEGER,
    CONSTRAINT POSITIVE CHECK (b >= 0),
    UNIQUE (A),
    CONSTRAINT TO_P FOREIGN KEY (B) REFERENCES WITH NO CHECK OPTION SALES.P (ID))
PRIMARY INDEX (A)
UNIQUE INDEX (C);
-- changes
SALES.T  table altered
  index (C)                   added       UNIQUE INDEX (C)
  constraint check POSITIVE   definition  B > 0 → b >= 0
  constraint foreign key (B)  name        none → TO_P
