-- SPDX-License-Identifier: MIT
CREATE TABLE "T t" ("i D" bigserial);
DROP SEQUENCE "T t_i D_seq" CASCADE;
