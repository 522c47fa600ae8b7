-- SPDX-License-Identifier: MIT
INSERT INTO "T ""t""" VALUES (1, 'a'), (11, 'c');
