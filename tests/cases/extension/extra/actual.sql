-- SPDX-License-Identifier: MIT
CREATE EXTENSION hstore;
