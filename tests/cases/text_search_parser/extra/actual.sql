-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
CREATE TEXT SEARCH PARSER mine (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
