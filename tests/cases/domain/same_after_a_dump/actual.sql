-- SPDX-License-Identifier: MIT
CREATE DOMAIN d AS character varying(9) DEFAULT 'a'::character varying CONSTRAINT d_check CHECK (((VALUE)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))) CONSTRAINT d_check1 CHECK ((((VALUE)::text >= 'a'::text) AND ((VALUE)::text <= 'z'::text)));
