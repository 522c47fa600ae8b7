-- SPDX-License-Identifier: MIT
CREATE EXTENSION dict_int;
CREATE SCHEMA "S s";
CREATE TEXT SEARCH DICTIONARY "S s"."Odd ""N"" äme" (TEMPLATE = intdict_template, MAXLEN = '4', REJECTLONG = 'true');
