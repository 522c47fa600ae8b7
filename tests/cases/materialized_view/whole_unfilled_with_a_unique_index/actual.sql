-- SPDX-License-Identifier: MIT
CREATE TABLE z (a integer);
