-- SPDX-License-Identifier: MIT
CREATE TABLE s (a integer);
