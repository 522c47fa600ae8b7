-- SPDX-License-Identifier: MIT
CREATE TABLE stays (id integer);
CREATE TEXT SEARCH DICTIONARY swedish_stem_too (TEMPLATE = snowball, LANGUAGE = 'swedish', STOPWORDS = 'swedish');
