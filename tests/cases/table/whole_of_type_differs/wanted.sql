-- SPDX-License-Identifier: MIT
CREATE TYPE pair AS (a integer, b text);
CREATE TYPE other AS (a integer, b text);
CREATE TABLE typed OF pair;
CREATE TABLE plain (a integer, b text);
CREATE TABLE lacks_a_column OF pair (b WITH OPTIONS NOT NULL DEFAULT 'x');
CREATE TABLE gets_a_column (a integer, b text, c integer);
CREATE TABLE of_the_other OF other;
CREATE TYPE "Ne""w" AS (a integer);
CREATE TABLE "of T" OF "Ne""w";
