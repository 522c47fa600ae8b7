-- SPDX-License-Identifier: MIT
CREATE AGGREGATE total(integer) (sfunc = int4pl, stype = integer, initcond = '0', support = generate_series_int4_support);
