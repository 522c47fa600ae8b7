-- SPDX-License-Identifier: MIT
SELECT count(*) = 0 FROM pg_amop o JOIN pg_opfamily f ON f.oid = o.amopfamily WHERE f.opfname = 'citext_ops' AND o.amoprighttype = 'integer'::regtype;
