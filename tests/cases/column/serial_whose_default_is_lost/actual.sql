-- SPDX-License-Identifier: MIT
CREATE TABLE "T t" ("i D" bigserial);
ALTER TABLE "T t" ALTER "i D" DROP DEFAULT;
