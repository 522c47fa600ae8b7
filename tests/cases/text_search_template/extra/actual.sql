-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
CREATE TEXT SEARCH TEMPLATE mine (INIT = dsimple_init, LEXIZE = dsimple_lexize);
