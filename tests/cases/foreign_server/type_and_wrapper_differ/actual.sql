-- SPDX-License-Identifier: MIT
CREATE EXTENSION file_fdw;
CREATE EXTENSION postgres_fdw;
CREATE SERVER far TYPE 'x' FOREIGN DATA WRAPPER file_fdw;
