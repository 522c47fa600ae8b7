-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer, CONSTRAINT c CHECK (a > 0), CONSTRAINT d CHECK (a > 1) NOT ENFORCED);
