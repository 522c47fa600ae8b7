-- SPDX-License-Identifier: MIT
CREATE EXTENSION pg_stat_statements;
CREATE EXTENSION pg_buffercache;
CREATE EXTENSION hstore;
