-- SPDX-License-Identifier: MIT
CREATE SEQUENCE member_numbers;
CREATE TABLE member (name text NOT NULL, number bigint DEFAULT nextval('member_numbers'),
                     exact numeric(10, 2) NOT NULL);
ALTER SEQUENCE member_numbers OWNED BY member.number;
CREATE SEQUENCE exact_numbers OWNED BY member.exact;
ALTER TABLE member ALTER exact SET DEFAULT nextval('exact_numbers');
