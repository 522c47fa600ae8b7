-- SPDX-License-Identifier: MIT
CREATE SCHEMA "Odd ""N"" ame"; CREATE EXTENSION "uuid-ossp" SCHEMA "Odd ""N"" ame";
