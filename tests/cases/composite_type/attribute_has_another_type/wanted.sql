-- SPDX-License-Identifier: MIT
CREATE TYPE pair AS (a bigint, b text);
