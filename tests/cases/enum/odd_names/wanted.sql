-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S p"; CREATE TYPE "S p"."Odd ""N"" ame" AS ENUM ('', 'it''s', 'a "b"', 'c,d', '{e}', E'f\\g', 'héh', 'NULL', 'new');
