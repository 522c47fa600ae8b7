# SPDX-License-Identifier: MIT
serve({"models": models, "migrations": migrations})
