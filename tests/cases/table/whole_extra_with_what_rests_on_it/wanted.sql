-- SPDX-License-Identifier: MIT
CREATE TABLE kept (a integer);
