-- SPDX-License-Identifier: MIT
CREATE TABLE t ("User" text, "order by" text, "ä" text);
