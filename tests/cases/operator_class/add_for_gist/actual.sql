-- SPDX-License-Identifier: MIT
CREATE TYPE box_key AS (b box);
