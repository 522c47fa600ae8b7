-- SPDX-License-Identifier: MIT
CREATE TABLE b (k integer);
