-- SPDX-License-Identifier: MIT
CREATE TABLE t (a integer);
CREATE TABLE x1 (a integer);
CREATE TABLE x2 (a integer);
CREATE TABLE x3 (a integer);
CREATE TABLE x4 (a integer);
