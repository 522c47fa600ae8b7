-- SPDX-License-Identifier: MIT
CREATE TABLE "T t" ("i D" bigserial);
