-- SPDX-License-Identifier: MIT
CREATE SCHEMA "My App";
CREATE TABLE "My App"."t 1" (k integer NOT NULL, n integer);
CREATE UNIQUE INDEX "u ""1" ON "My App"."t 1" (k);
CREATE INDEX "n 1" ON "My App"."t 1" ((n + 1));
ALTER INDEX "My App"."n 1" ALTER COLUMN 1 SET STATISTICS 99;
ALTER TABLE "My App"."t 1" REPLICA IDENTITY USING INDEX "u ""1";
ALTER TABLE "My App"."t 1" CLUSTER ON "n 1";
CREATE TABLE keyed (k integer CONSTRAINT "key" PRIMARY KEY, u integer NOT NULL UNIQUE);
ALTER TABLE keyed REPLICA IDENTITY USING INDEX keyed_u_key;
ALTER TABLE keyed CLUSTER ON "key";
