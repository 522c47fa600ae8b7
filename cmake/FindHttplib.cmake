# SPDX-License-Identifier: MIT
# cpp-httplib: Debian splits it into a header and a library, its source is a header alone. Either
# way TLS is in it, and those who include it have to say so.
find_path(HTTPLIB_INCLUDE_DIR httplib.h)
find_library(HTTPLIB_LIBRARY cpp-httplib)
find_package(Threads REQUIRED)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Httplib REQUIRED_VARS HTTPLIB_INCLUDE_DIR)
mark_as_advanced(HTTPLIB_INCLUDE_DIR HTTPLIB_LIBRARY)
if(Httplib_FOUND AND NOT TARGET Httplib::Httplib)
  add_library(Httplib::Httplib INTERFACE IMPORTED)
  target_include_directories(Httplib::Httplib SYSTEM INTERFACE ${HTTPLIB_INCLUDE_DIR})
  target_compile_definitions(Httplib::Httplib INTERFACE CPPHTTPLIB_OPENSSL_SUPPORT)
  target_link_libraries(Httplib::Httplib INTERFACE Threads::Threads)
  if(HTTPLIB_LIBRARY)
    # As the library was compiled: classes have other members without.
    target_compile_definitions(Httplib::Httplib INTERFACE
      CPPHTTPLIB_ZLIB_SUPPORT CPPHTTPLIB_BROTLI_SUPPORT)
    target_link_libraries(Httplib::Httplib INTERFACE ${HTTPLIB_LIBRARY})
  endif()
endif()
