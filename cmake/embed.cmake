# Puts a text file into a room as `const char <symbol>[]` with a zero byte behind it, so that the program
# needs no folder of its own where it runs.
function(okienko_embed room symbol file)
  set(source ${CMAKE_BINARY_DIR}/embedded/${symbol}.c)
  file(READ ${CMAKE_SOURCE_DIR}/${file} bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  file(CONFIGURE OUTPUT ${source} CONTENT
    "extern const unsigned char ${symbol}[];\nconst unsigned char ${symbol}[] = {${bytes}0};\n")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${file})
  target_sources(room_${room} PRIVATE ${source})
endfunction()
