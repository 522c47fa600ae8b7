-- SPDX-License-Identifier: MIT
INSERT INTO person VALUES (1, 'so, so', '{sad}', 'sad'), (2, 'sad', '{sad,"so, so"}', 'happy'),
                          (3, 'so, so', NULL, 'happy');
