# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC1091,SC2034,SC2154
template=pyproject_async
. "$here/alembic.bash"
