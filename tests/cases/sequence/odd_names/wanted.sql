-- SPDX-License-Identifier: MIT
CREATE SCHEMA "S p"; CREATE TABLE "S p"."T ""t""" ("C ""c""" integer); CREATE SEQUENCE "S p"."Odd ""N"" ame" OWNED BY "S p"."T ""t"""."C ""c""";
