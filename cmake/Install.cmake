# SPDX-License-Identifier: MIT
# The program, and the library with what find_package(pgmend) and pkg-config need.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set_target_properties(pgmend_core PROPERTIES OUTPUT_NAME pgmend EXPORT_NAME pgmend)
install(TARGETS pgmend RUNTIME COMPONENT program)
install(TARGETS pgmend_core EXPORT pgmend
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY include/pgmend DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT development)

# Made by the program itself, whenever it was linked; not where it is for another machine.
set(PGMEND_PAGES ${PROJECT_BINARY_DIR}/pages)
set(PGMEND_ZSH_FOLDER ${CMAKE_INSTALL_DATADIR}/zsh/site-functions CACHE STRING
  "Where zsh looks for completions; Debian's packages: share/zsh/vendor-completions")
mark_as_advanced(PGMEND_ZSH_FOLDER)
if(NOT CMAKE_CROSSCOMPILING)
  file(MAKE_DIRECTORY ${PGMEND_PAGES})
  add_custom_command(TARGET pgmend POST_BUILD
    COMMAND pgmend man > ${PGMEND_PAGES}/pgmend.1
    COMMAND pgmend completion bash > ${PGMEND_PAGES}/pgmend
    COMMAND pgmend completion zsh > ${PGMEND_PAGES}/_pgmend
    COMMAND pgmend completion fish > ${PGMEND_PAGES}/pgmend.fish
    VERBATIM)
  install(FILES ${PGMEND_PAGES}/pgmend.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1
    COMPONENT program)
  install(FILES ${PGMEND_PAGES}/pgmend
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
  install(FILES ${PGMEND_PAGES}/_pgmend DESTINATION ${PGMEND_ZSH_FOLDER} COMPONENT program)
  install(FILES ${PGMEND_PAGES}/pgmend.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)
endif()

set(PGMEND_PACKAGE_FOLDER ${CMAKE_INSTALL_LIBDIR}/cmake/pgmend)
install(EXPORT pgmend NAMESPACE pgmend:: FILE pgmendTargets.cmake
  DESTINATION ${PGMEND_PACKAGE_FOLDER} COMPONENT development)
configure_package_config_file(cmake/pgmendConfig.cmake.in pgmendConfig.cmake
  INSTALL_DESTINATION ${PGMEND_PACKAGE_FOLDER}
  NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may change the API.
write_basic_package_version_file(pgmendConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/pgmendConfig.cmake ${PROJECT_BINARY_DIR}/pgmendConfigVersion.cmake
  DESTINATION ${PGMEND_PACKAGE_FOLDER} COMPONENT development)

# The tree may be installed anywhere: all paths are relative to the file.
file(RELATIVE_PATH PGMEND_INCLUDES_FROM_PC
  /${CMAKE_INSTALL_LIBDIR}/pkgconfig /${CMAKE_INSTALL_INCLUDEDIR})
configure_file(cmake/pgmend.pc.in pgmend.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/pgmend.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
  COMPONENT development)
