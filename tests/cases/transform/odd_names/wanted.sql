-- SPDX-License-Identifier: MIT
CREATE TYPE "Odd ""N"" äme" AS ENUM ('a');
CREATE TRANSFORM FOR "Odd ""N"" äme" LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));
