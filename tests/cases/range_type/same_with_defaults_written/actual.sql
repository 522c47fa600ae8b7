-- SPDX-License-Identifier: MIT
CREATE TYPE span AS RANGE (subtype = text, subtype_opclass = text_ops, multirange_type_name = span_multirange);
