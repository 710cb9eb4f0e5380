-- 20 brands, 15 categories, 25 suppliers, 300 products and what belongs to them.

INSERT INTO ${PREFIX}RETAIL_PRODUCT.BRAND (BrandId, BrandName, CountryCode)
SELECT n,
       CASE n MOD 5 WHEN 0 THEN 'Polární' WHEN 1 THEN 'Weiß & Söhne' WHEN 2 THEN 'Maison' WHEN 3 THEN 'Acme' ELSE 'Brio' END
           || ' ' || TRIM(CAST(n AS VARCHAR(11))),
       CASE n MOD 5 WHEN 0 THEN 'CZ' WHEN 1 THEN 'DE' WHEN 2 THEN 'FR' WHEN 3 THEN 'US' ELSE 'IT' END
FROM ${PREFIX}RETAIL_STAGE.V_NUMBER
WHERE n BETWEEN 1 AND 20;

INSERT INTO ${PREFIX}RETAIL_PRODUCT.CATEGORY (CategoryId, ParentId, CategoryName, Depth)
SELECT n,
       CASE WHEN n <= 3 THEN NULL ELSE (n MOD 3) + 1 END,
       CASE n MOD 3 WHEN 0 THEN 'Kitchen' WHEN 1 THEN 'Garden' ELSE 'Children' END
           || ' ' || TRIM(CAST(n AS VARCHAR(11))),
       CASE WHEN n <= 3 THEN 0 ELSE 1 END
FROM ${PREFIX}RETAIL_STAGE.V_NUMBER
WHERE n BETWEEN 1 AND 15;

INSERT INTO ${PREFIX}RETAIL_PRODUCT.SUPPLIER (SupplierId, SupplierName, TaxNumber, Rating, OnboardedOn, ContractEndsAt)
SELECT n,
       'Supplier ' || TRIM(CAST(n AS VARCHAR(11))),
       CASE WHEN n MOD 4 = 0 THEN NULL ELSE 'DE' || TRIM(CAST(100000000 + n AS VARCHAR(11))) END,
       CAST(n MOD 10 AS FLOAT) / 10,
       DATE '2020-01-01' + n * 30,
       CAST(DATE '2026-01-01' + n AS TIMESTAMP(0))
FROM ${PREFIX}RETAIL_STAGE.V_NUMBER
WHERE n BETWEEN 1 AND 25;

INSERT INTO ${PREFIX}RETAIL_PRODUCT.PRODUCT (ProductId, Sku, ProductName, BrandId, CategoryId, ListPrice, WeightKg, UnitsPerBox, Discontinued, LaunchedOn, ChangedAt)
SELECT n,
       'SKU' || TRIM(CAST(1000000 + n AS VARCHAR(11))),
       CASE n MOD 6 WHEN 0 THEN 'Teapot' WHEN 1 THEN 'Rake' WHEN 2 THEN 'Kite' WHEN 3 THEN 'Pan' WHEN 4 THEN 'Lantern' ELSE 'Müsli bowl' END
           || ' no. ' || TRIM(CAST(n AS VARCHAR(11))),
       (n MOD 20) + 1,
       (n MOD 15) + 1,
       CAST(n MOD 90 AS DECIMAL(9,2)) + 4.99,
       CASE n MOD 4 WHEN 0 THEN 0.100 WHEN 1 THEN 0.250 WHEN 2 THEN 0.500 ELSE NULL END,
       CASE n MOD 3 WHEN 0 THEN 1 WHEN 1 THEN 6 ELSE 12 END,
       CASE WHEN n MOD 25 = 0 THEN 1 ELSE 0 END,
       DATE '2021-01-01' + n,
       CAST(DATE '2024-06-01' + (n MOD 200) AS TIMESTAMP(6))
FROM ${PREFIX}RETAIL_STAGE.V_NUMBER
WHERE n BETWEEN 1 AND 300;

INSERT INTO ${PREFIX}RETAIL_PRODUCT.PRODUCT_TEXT (ProductId, LanguageCode, Headline, Description)
SELECT ProductId,
       'en',
       ProductName,
       'A good ' || ProductName || ' for every day.'
FROM ${PREFIX}RETAIL_PRODUCT.PRODUCT;

INSERT INTO ${PREFIX}RETAIL_PRODUCT.PRODUCT_TEXT (ProductId, LanguageCode, Headline, Description)
SELECT ProductId,
       'cs',
       ProductName,
       'Příjemný výrobek: ' || ProductName
FROM ${PREFIX}RETAIL_PRODUCT.PRODUCT
WHERE ProductId MOD 2 = 0;

INSERT INTO ${PREFIX}RETAIL_PRODUCT.PRODUCT_SUPPLIER (ProductId, SupplierId, SupplierRank, UnitCost, MinimumOrder)
SELECT ProductId,
       (ProductId MOD 25) + 1,
       1,
       CAST(ListPrice AS DECIMAL(18,4)) * 0.6,
       10
FROM ${PREFIX}RETAIL_PRODUCT.PRODUCT;

INSERT INTO ${PREFIX}RETAIL_PRODUCT.PRODUCT_SUPPLIER (ProductId, SupplierId, SupplierRank, UnitCost, MinimumOrder)
SELECT ProductId,
       ((ProductId + 7) MOD 25) + 1,
       2,
       CAST(ListPrice AS DECIMAL(18,4)) * 0.7,
       NULL
FROM ${PREFIX}RETAIL_PRODUCT.PRODUCT
WHERE ProductId MOD 3 <> 0;

INSERT INTO ${PREFIX}RETAIL_PRODUCT.PRICE (ProductId, ValidFrom, ValidTo, Price, CurrencyCode, ChangedBy)
SELECT ProductId, DATE '2023-01-01', DATE '2024-12-31', ListPrice - 1.00, 'EUR', 'loader'
FROM ${PREFIX}RETAIL_PRODUCT.PRODUCT;

INSERT INTO ${PREFIX}RETAIL_PRODUCT.PRICE (ProductId, ValidFrom, ValidTo, Price, CurrencyCode, ChangedBy)
SELECT ProductId, DATE '2025-01-01', NULL, ListPrice, 'EUR', 'loader'
FROM ${PREFIX}RETAIL_PRODUCT.PRODUCT;

INSERT INTO ${PREFIX}RETAIL_PRODUCT.WAREHOUSE (WarehouseCode, City, Latitude, Longitude, OpensAt, ClosesAt, SealKey)
VALUES ('BRQ1', 'Brno', 49.195100, 16.606800, TIME '06:00:00', TIME '22:00:00', '00A1B2C3'XB);
INSERT INTO ${PREFIX}RETAIL_PRODUCT.WAREHOUSE (WarehouseCode, City, Latitude, Longitude, OpensAt, ClosesAt, SealKey)
VALUES ('MUC1', 'München', 48.137200, 11.575500, TIME '05:30:00', TIME '21:00:00', '00A1B2C4'XB);
INSERT INTO ${PREFIX}RETAIL_PRODUCT.WAREHOUSE (WarehouseCode, City, Latitude, Longitude, OpensAt, ClosesAt, SealKey)
VALUES ('LYS1', 'Lyon', 45.764000, 4.835700, TIME '06:00:00', TIME '20:00:00', NULL);
INSERT INTO ${PREFIX}RETAIL_PRODUCT.WAREHOUSE (WarehouseCode, City, Latitude, Longitude, OpensAt, ClosesAt, SealKey)
VALUES ('WEB1', 'Leipzig', 51.339700, 12.373100, NULL, NULL, NULL);

INSERT INTO ${PREFIX}RETAIL_PRODUCT.STOCK (WarehouseCode, ProductId, OnHand, Reserved, CountedAt)
SELECT w.WarehouseCode,
       p.ProductId,
       (p.ProductId * 7) MOD 120,
       p.ProductId MOD 9,
       TIMESTAMP '2025-06-30 18:00:00+00:00'
FROM ${PREFIX}RETAIL_PRODUCT.PRODUCT p
CROSS JOIN ${PREFIX}RETAIL_PRODUCT.WAREHOUSE w;

INSERT INTO ${PREFIX}RETAIL_PRODUCT.STOCK_MOVEMENT (MovementId, WarehouseCode, ProductId, MovementType, Quantity, MovedOn, BookedAt)
SELECT n,
       CASE n MOD 4 WHEN 0 THEN 'BRQ1' WHEN 1 THEN 'MUC1' WHEN 2 THEN 'LYS1' ELSE 'WEB1' END,
       (n MOD 300) + 1,
       CASE n MOD 3 WHEN 0 THEN 'I' WHEN 1 THEN 'O' ELSE 'C' END,
       CASE n MOD 3 WHEN 1 THEN -(n MOD 12) - 1 ELSE (n MOD 12) + 1 END,
       DATE '2024-01-01' + (n MOD 700),
       CAST(DATE '2024-01-01' + (n MOD 700) AS TIMESTAMP(6))
FROM ${PREFIX}RETAIL_STAGE.V_NUMBER
WHERE n BETWEEN 1 AND 1000;

INSERT INTO ${PREFIX}RETAIL_PRODUCT.PROMOTION (PromotionId, PromotionName, DiscountPercent, StartsOn, EndsOn)
SELECT n,
       'Week ' || TRIM(CAST(n * 5 AS VARCHAR(11))),
       CAST(n AS DECIMAL(5,2)) * 2.5,
       DATE '2025-01-01' + n * 35,
       DATE '2025-01-07' + n * 35
FROM ${PREFIX}RETAIL_STAGE.V_NUMBER
WHERE n BETWEEN 1 AND 10;
