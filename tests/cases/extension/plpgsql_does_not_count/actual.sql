-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
SELECT;
