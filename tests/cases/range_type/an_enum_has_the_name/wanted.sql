-- SPDX-License-Identifier: MIT
CREATE TYPE span AS RANGE (subtype = date);
