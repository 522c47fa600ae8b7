-- SPDX-License-Identifier: MIT
CREATE TABLE t (body text);
