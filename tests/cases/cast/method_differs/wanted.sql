-- SPDX-License-Identifier: MIT
CREATE TYPE kilo AS (grams integer);
CREATE FUNCTION to_kilo(integer) RETURNS kilo LANGUAGE sql AS 'SELECT ROW($1)::kilo';
CREATE FUNCTION to_kilo_too(integer) RETURNS kilo LANGUAGE sql AS 'SELECT ROW($1)::kilo';
CREATE TYPE mood AS ENUM ('good');
CREATE CAST (integer AS kilo) WITH FUNCTION to_kilo(integer);
