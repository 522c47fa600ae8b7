-- SPDX-License-Identifier: MIT
CREATE SEQUENCE s;
