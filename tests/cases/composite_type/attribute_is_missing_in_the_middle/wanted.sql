-- SPDX-License-Identifier: MIT
CREATE TYPE pair AS (a integer, c text, b text);
