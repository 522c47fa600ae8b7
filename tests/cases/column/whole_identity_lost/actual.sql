-- SPDX-License-Identifier: MIT
CREATE TABLE t ("i d" bigint NOT NULL);
