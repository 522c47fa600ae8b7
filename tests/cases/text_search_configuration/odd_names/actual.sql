-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S s";
CREATE TEXT SEARCH DICTIONARY "S s"."D, d" (TEMPLATE = simple);
