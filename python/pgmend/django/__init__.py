# SPDX-License-Identifier: MIT
"""``manage.py pgmend verify`` and ``ensure``: with ``"pgmend.django"`` in INSTALLED_APPS."""
