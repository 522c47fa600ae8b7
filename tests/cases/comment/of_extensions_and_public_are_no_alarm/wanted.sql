-- SPDX-License-Identifier: MIT
CREATE EXTENSION citext;
