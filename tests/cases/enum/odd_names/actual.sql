-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S p"; CREATE TYPE "S p"."Odd ""N"" ame" AS ENUM ('it''s', 'c,d', '{e}', E'f\\g', 'NULL');
