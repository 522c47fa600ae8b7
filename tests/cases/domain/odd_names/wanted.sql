-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S p"; CREATE TYPE "S p"."Ty pe" AS ENUM ('a'); CREATE DOMAIN "S p"."Odd ""N"" ame" AS "S p"."Ty pe" DEFAULT 'a' CONSTRAINT "é ""q""" CHECK (VALUE <> 'b'::text::"S p"."Ty pe" OR true);
