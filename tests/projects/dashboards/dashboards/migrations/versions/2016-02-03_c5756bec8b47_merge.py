# SPDX-License-Identifier: MIT
"""Merge"""
revision = "c5756bec8b47"
down_revision = ("956a063c52b3", "1a48a5411020")


def upgrade():
    pass
