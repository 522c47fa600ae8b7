-- SPDX-License-Identifier: MIT
CREATE TYPE pair AS (a integer, b text);
CREATE TYPE other AS (a integer, b text);
CREATE TABLE typed (a integer, gone integer, b text);
ALTER TABLE typed DROP gone;
CREATE TABLE plain OF pair;
CREATE TABLE lacks_a_column (a integer);
CREATE TABLE gets_a_column OF pair;
CREATE TABLE of_the_other OF pair;
CREATE TABLE "of T" (a integer);
