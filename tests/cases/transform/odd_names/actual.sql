-- SPDX-License-Identifier: MIT
CREATE TYPE "Odd ""N"" äme" AS ENUM ('a');
