-- SPDX-License-Identifier: MIT
CREATE TABLE t ("User" text, "user" text, "order by" text, "ä" text);
