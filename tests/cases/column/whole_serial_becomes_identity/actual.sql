-- SPDX-License-Identifier: MIT
CREATE TABLE t ("I d" bigserial PRIMARY KEY, v integer);
