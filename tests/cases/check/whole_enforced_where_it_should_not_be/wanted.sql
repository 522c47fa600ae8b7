-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, CONSTRAINT c CHECK (a > 0) NOT ENFORCED);
