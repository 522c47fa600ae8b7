-- SPDX-License-Identifier: MIT
INSERT INTO person VALUES (1, 'happy', '{sad}', 'sad'), (2, 'sad', '{sad}', 'happy'),
                          (3, 'sad', NULL, 'so, so');
