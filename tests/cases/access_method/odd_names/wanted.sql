-- SPDX-License-Identifier: MIT
CREATE ACCESS METHOD "Odd ""N"" äme" TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE t (a integer) USING "Odd ""N"" äme";
