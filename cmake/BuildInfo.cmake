# SPDX-License-Identifier: MIT
# What `pgmend --version` prints: version, commit and build. The commit is looked up by each build,
# and the file is written only if it is another.

set(PGMEND_COMMIT "" CACHE STRING "The commit, where the sources are no git checkout")
set(PGMEND_BUILD_NAME "local" CACHE STRING "What sort of build it is: static, Debian package, ...")
set(PGMEND_BUILD_INFO ${PROJECT_BINARY_DIR}/build_info.cpp)
add_custom_target(pgmend_build_info
  COMMAND ${CMAKE_COMMAND}
    -D OUTPUT=${PGMEND_BUILD_INFO} -D SOURCE=${PROJECT_SOURCE_DIR} -D PGMEND_COMMIT=${PGMEND_COMMIT}
    -D PGMEND_VERSION=${PROJECT_VERSION}
    -D "PGMEND_BUILD=${PGMEND_BUILD_NAME}, ${CMAKE_SYSTEM_PROCESSOR}, ${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}, ${CMAKE_BUILD_TYPE}"
    -P ${PROJECT_SOURCE_DIR}/cmake/WriteBuildInfo.cmake
  BYPRODUCTS ${PGMEND_BUILD_INFO}
  VERBATIM)
