-- SPDX-License-Identifier: MIT
CREATE FOREIGN DATA WRAPPER "Odd ""N"" äme";
