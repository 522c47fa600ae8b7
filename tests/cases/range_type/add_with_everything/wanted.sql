-- SPDX-License-Identifier: MIT
CREATE SCHEMA s;
CREATE TYPE s."Text Range" AS RANGE (subtype = text, subtype_opclass = text_pattern_ops, collation = "C", multirange_type_name = s."Odd ""N"" ame");
CREATE TABLE t (r s."Text Range", m s."Odd ""N"" ame");
