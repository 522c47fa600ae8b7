-- SPDX-License-Identifier: MIT
CREATE LANGUAGE "Odd ""N"" äme" HANDLER plpgsql_call_handler;
