-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S s";
CREATE TYPE "S s"."Odd ""N"" äme" AS ENUM ('a');
