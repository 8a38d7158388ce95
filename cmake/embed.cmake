# Files that are built into the program, which so needs no folder of its own where it runs:
# okienko_embed(room file…) gives each as `extern const char <name>[]; extern const size_t <name>_len;`,
# a zero byte behind the last, with the name of the file, its dots and dashes as underscores
# ("index.html": embedded_index_html), declared in "<room>/embedded.h".
function(okienko_embed room)
  if(NOT TARGET room_${room})
    return()
  endif()
  set(folder ${CMAKE_BINARY_DIR}/embedded/${room})
  set(declarations "")
  foreach(file ${ARGN})
    get_filename_component(name ${file} NAME)
    string(REGEX REPLACE "[^A-Za-z0-9]" "_" name ${name})
    string(APPEND declarations
      "extern const char embedded_${name}[];\nextern const size_t embedded_${name}_len;\n")
    add_custom_command(
      OUTPUT ${folder}/${name}.c
      COMMAND ${CMAKE_COMMAND} -DINPUT=${CMAKE_SOURCE_DIR}/${file} -DOUTPUT=${folder}/${name}.c
              -DNAME=embedded_${name} -DHEADER=${room}/embedded.h
              -P ${CMAKE_SOURCE_DIR}/cmake/embed_file.cmake
      DEPENDS ${CMAKE_SOURCE_DIR}/${file} ${CMAKE_SOURCE_DIR}/cmake/embed_file.cmake
      VERBATIM)
    target_sources(room_${room} PRIVATE ${folder}/${name}.c)
  endforeach()
  string(TOUPPER ${room} upper)
  file(CONFIGURE OUTPUT ${folder}/${room}/embedded.h @ONLY CONTENT
"#ifndef OKIENKO_${upper}_EMBEDDED_H
#define OKIENKO_${upper}_EMBEDDED_H
#include <stddef.h>
${declarations}#endif
")
  target_include_directories(room_${room} PRIVATE ${folder})
endfunction()
