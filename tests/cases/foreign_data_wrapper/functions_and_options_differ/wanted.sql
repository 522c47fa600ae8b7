-- SPDX-License-Identifier: MIT
CREATE EXTENSION file_fdw;
CREATE EXTENSION postgres_fdw;
CREATE FOREIGN DATA WRAPPER bare HANDLER file_fdw_handler OPTIONS (a '1', b '2');
