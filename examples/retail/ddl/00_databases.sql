-- The retail warehouse: four databases. ${PREFIX} keeps several copies of it apart on one system.

CREATE DATABASE ${PREFIX}RETAIL_PRODUCT AS PERM = 60e6, SPOOL = 120e6;
CREATE DATABASE ${PREFIX}RETAIL_SALES   AS PERM = 120e6, SPOOL = 240e6;
CREATE DATABASE ${PREFIX}RETAIL_STAGE   AS PERM = 60e6, SPOOL = 120e6;
CREATE DATABASE ${PREFIX}RETAIL_MART    AS PERM = 120e6, SPOOL = 240e6;

COMMENT ON DATABASE ${PREFIX}RETAIL_PRODUCT AS 'Products, suppliers, prices and stock; owned by merchandising';
COMMENT ON DATABASE ${PREFIX}RETAIL_SALES AS 'Customers, orders, payments and returns; loaded every night from the shop';
COMMENT ON DATABASE ${PREFIX}RETAIL_STAGE AS 'Landing tables of the nightly load';
COMMENT ON DATABASE ${PREFIX}RETAIL_MART AS 'What reports read';
