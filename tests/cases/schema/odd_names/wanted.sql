-- SPDX-License-Identifier: MIT
CREATE SCHEMA "Odd ""N"" ame"; CREATE SCHEMA "schéma.x";
