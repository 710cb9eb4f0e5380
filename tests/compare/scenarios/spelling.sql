-- Case, quotes, order of compressed values, commas between index clauses: the same table.
-- before
CREATE TABLE SALES.T (A INTEGER NOT NULL, B CHAR(1) COMPRESS ('X','Y',NULL), C INTEGER CHECK (C > 0 AND C<10))
PRIMARY INDEX (A), INDEX I1 (B) INDEX (C);
-- after
create table "Sales".t ("a" int not null, b char compress ('Y','X'), c integer check(c>0 and C < 10))
primary index (A) index i1 ("B"), index (C);
-- changes
