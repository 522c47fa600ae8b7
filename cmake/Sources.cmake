# SPDX-License-Identifier: MIT
# Sources that are compiled several at a time: most of the time of a file goes into the headers and
# templates that its neighbours need as well. A file may therefore not rely on its neighbours'
# includes (scripts/lint compiles each by itself), nor have an anonymous name that one of them has.

# Built by themselves, file by file, as clang-tidy wants them.
option(PGMEND_UNITY "Compile neighbouring files together" ON)
set(PGMEND_UNITY_SIZE 64 CACHE STRING "How many files are compiled together")
mark_as_advanced(PGMEND_UNITY_SIZE)

# Adds the files of a folder to a target.
function(pgmend_sources target)
  target_sources(${target} PRIVATE ${ARGN})
  file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  string(MAKE_C_IDENTIFIER ${folder} folder)
  set(position 0)
  foreach(source IN LISTS ARGN)
    math(EXPR part "${position} / ${PGMEND_UNITY_SIZE}")
    set_source_files_properties(${source} TARGET_DIRECTORY ${target}
      PROPERTIES UNITY_GROUP ${folder}_${part})
    math(EXPR position "${position} + 1")
  endforeach()
endfunction()
