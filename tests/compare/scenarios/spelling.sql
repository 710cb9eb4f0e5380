-- Case, quotes, order of compressed values, commas between index clauses: the same table.
-- before
CREATE TABLE SALES.T (A INTEGER NOT NULL, B CHAR(1) COMPRESS ('X','Y',NULL), C INTEGER CHECK (C > 0 AND C<10),
    D DATE NOT NULL DEFAULT CURRENT_DATE COMPRESS (DATE '2024-01-01'), E MONEY)
PRIMARY INDEX (A), INDEX I1 (B) INDEX (C) PARTITION BY RANGE_N(D BETWEEN DATE '2024-01-01' AND DATE '2024-12-31');
-- after
create table "Sales".t ("a" int not null, b char compress ('Y','X'), c integer check(c>0 and C < 10),
    d date not null default current_date compress date'2024-01-01', e SysUdtLib.Money)
primary index (A) index i1 ("B"), index (C)
partition by range_n("d" between date '2024-01-01' and date '2024-12-31');
-- changes
