-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
DROP EXTENSION plpgsql;
