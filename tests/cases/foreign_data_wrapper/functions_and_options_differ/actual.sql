-- SPDX-License-Identifier: MIT
CREATE EXTENSION file_fdw;
CREATE EXTENSION postgres_fdw;
CREATE FOREIGN DATA WRAPPER bare HANDLER postgres_fdw_handler OPTIONS (b '3', c '1');
