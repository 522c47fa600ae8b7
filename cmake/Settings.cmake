# SPDX-License-Identifier: MIT
# Compile settings and warnings as two targets that only our own code links,
# so that neither leaks into the headers of the libraries we use.

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE ccache)
if(CCACHE)
  # What it has to be told where headers are precompiled (its manual, "Precompiled headers").
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)
  endif()
endif()

add_library(pgmend_settings INTERFACE)
target_compile_features(pgmend_settings INTERFACE cxx_std_20)
target_compile_definitions(pgmend_settings INTERFACE PGMEND_VERSION="${PROJECT_VERSION}")
# Sanitizer builds do not turn warnings into errors: GCC 12 warns falsely about instrumented code
# (-Wmaybe-uninitialized), and CI's first build has judged the same code already.
if(PGMEND_SANITIZE)
  target_compile_options(pgmend_settings INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  target_link_options(pgmend_settings INTERFACE -fsanitize=address,undefined)
endif()

# For those who work on it: users who only build it would see GCC 12's false ones.
add_library(pgmend_warnings INTERFACE)
if(PGMEND_WERROR)
  target_compile_options(pgmend_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
    -Wold-style-cast -Woverloaded-virtual -Wformat=2 -Werror)
endif()
