-- SPDX-License-Identifier: MIT
CREATE TABLE t (id bigint, a text);
