-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S s";
CREATE TYPE "S s"."Odd ""N"" äme" AS ENUM ('a');
CREATE CAST (text AS "S s"."Odd ""N"" äme") WITH INOUT;
