-- SPDX-License-Identifier: MIT

