-- SPDX-License-Identifier: MIT
CREATE TABLE member (name text NOT NULL);
