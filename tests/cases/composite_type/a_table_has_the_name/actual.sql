-- SPDX-License-Identifier: MIT
CREATE TABLE pair (a integer, b text);
