-- SPDX-License-Identifier: MIT
CREATE SCHEMA "Odd ""S";
CREATE TYPE "Odd ""S"."Größe (x)" AS ENUM ('a');
