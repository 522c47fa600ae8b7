# SPDX-License-Identifier: MIT
# Run by each build; see BuildInfo.cmake.
if(NOT PGMEND_COMMIT)
  execute_process(COMMAND git -C ${SOURCE} describe --always --dirty=-changed --abbrev=12 --exclude=*
    OUTPUT_VARIABLE PGMEND_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(NOT PGMEND_COMMIT)
  set(PGMEND_COMMIT "unknown")
endif()
configure_file(${SOURCE}/src/build_info.cpp.in ${OUTPUT} @ONLY)
