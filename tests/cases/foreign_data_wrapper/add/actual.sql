-- SPDX-License-Identifier: MIT
CREATE EXTENSION file_fdw;
CREATE EXTENSION postgres_fdw;
