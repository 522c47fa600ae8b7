-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S s";
CREATE TEXT SEARCH PARSER "S s"."Odd ""N"" äme" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
