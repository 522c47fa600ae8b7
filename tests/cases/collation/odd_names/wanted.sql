-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S ""x";
CREATE COLLATION "S ""x"."Odd ""N"" äme" (PROVIDER = icu, LOCALE = 'sv');
