-- Objects that came, went, or became another kind.
-- before
CREATE TABLE SALES.GONE (A INTEGER);
CREATE TABLE SALES."Turned" (A INTEGER);
CREATE TABLE SALES.STAYS (A INTEGER);
-- after
CREATE TABLE SALES.STAYS (A INTEGER);
CREATE VIEW SALES."Turned" AS SELECT A FROM SALES.STAYS;
CREATE PROCEDURE SALES.NEW_ONE () BEGIN END;
-- changes
SALES.GONE  table removed

SALES.NEW_ONE  procedure added

SALES.Turned  table removed

SALES.Turned  view added
