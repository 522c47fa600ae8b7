-- SPDX-License-Identifier: MIT
CREATE EXTENSION dict_int;
CREATE SCHEMA "S s";
