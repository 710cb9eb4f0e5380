-- Source text compares by its tokens.
-- before
CREATE VIEW SALES.SAME AS SELECT A, B FROM SALES.T WHERE C = 'x';
CREATE VIEW SALES.OTHER AS SELECT A FROM SALES.T WHERE C = 'x';
CREATE MACRO SALES.M (N INTEGER) AS (SELECT :N;);
-- after
REPLACE VIEW Sales.Same AS /* all of them */
    SELECT a,
           b -- the second
    FROM   sales."T" WHERE c='x';
REPLACE VIEW SALES.OTHER AS SELECT A FROM SALES.T WHERE C = 'X';
REPLACE MACRO SALES.M (N INTEGER) AS (SELECT :N + 1;);
-- changes
SALES.M  macro altered
  macro  text  (SELECT : N;) → (SELECT : N + 1;)

SALES.OTHER  view altered
  view  text  VIEW SALES.OTHER AS SELECT A FROM SALES.T WHERE C = 'x' → VIEW SALES.OTHER AS SELECT A FROM SALES.T WHERE C = 'X'
