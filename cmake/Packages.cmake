# SPDX-License-Identifier: MIT
# Debian packages, made by CPack: the program, and the library with its headers.

# changelog.Debian.gz is made by scripts/package.
foreach(package program development)
  set(name $<IF:$<STREQUAL:${package},program>,pgmend,libpgmend-dev>)
  install(FILES ${PROJECT_SOURCE_DIR}/packaging/copyright ${PROJECT_BINARY_DIR}/changelog.Debian.gz
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${name} COMPONENT ${package})
endforeach()
# Before it is packed.
install(CODE "file(GLOB pages \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/share/man/man1/*.1\")
  if(pages)
    execute_process(COMMAND gzip -9nf \${pages} COMMAND_ERROR_IS_FATAL ANY)
  endif()" COMPONENT program)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME pgmend)
set(CPACK_PACKAGE_VENDOR pgmend)
set(CPACK_PACKAGE_CONTACT "The pgmend authors <pgmend@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "compares PostgreSQL schemas, and adds what is missing")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE "${PGMEND_DEB_RELEASE}")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME pgmend)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION database)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "postgresql")
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION
  "pgmend compares what a PostgreSQL database is with what it should be: models,
migrations, SQL files, a lock file or another database. It adds what is
missing, with short locks, and says so only after reading it again.
A server is needed only where SQL, models or migrations have to be loaded.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libpgmend-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libpq-dev, libfmt-dev, libyaml-cpp-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
  "Headers, a static library, and what CMake and pkg-config need to use pgmend
from a C++ program.")
include(CPack)
