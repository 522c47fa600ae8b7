# SPDX-License-Identifier: MIT
"""Settings with a prefix of their own; without the URL nothing can be done."""
import os

CONNECTION_URL = os.environ["FLOWS_API_DATABASE_CONNECTION_URL"]
