# A room of core/ is one static library of all its .c files; what it DEPENDS on is private to it, so
# that a room cannot reach through another one.
add_compile_options(
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
  $<$<BOOL:${OKIENKO_WERROR}>:-Werror>
  -fno-common -fstack-protector-strong -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
add_compile_definitions(_GNU_SOURCE OKIENKO_VERSION="${PROJECT_VERSION}")
# A packager's own level stands, whether in the flags or built into the compiler; it needs -O.
if(CMAKE_BUILD_TYPE MATCHES "^(RelWithDebInfo|Release|MinSizeRel)$")
  include(CheckCSourceCompiles)
  check_c_source_compiles("
    #ifdef _FORTIFY_SOURCE
    #error fortified already
    #endif
    int main(void) { return 0; }" OKIENKO_FORTIFIES)
  if(OKIENKO_FORTIFIES)
    add_compile_definitions(_FORTIFY_SOURCE=2)
  endif()
endif()
if(OKIENKO_SANITIZE)
  add_compile_options(-fsanitize=${OKIENKO_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${OKIENKO_SANITIZE})
endif()
if(OKIENKO_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

function(okienko_room room)
  cmake_parse_arguments(ROOM "" "" "DEPENDS;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/core/${room}/*.c)
  if(NOT sources)
    return()
  endif()
  if(room STREQUAL "app")
    # The subcommands are a library too, but for main(), so that tests can call them.
    list(FILTER sources EXCLUDE REGEX "/main\\.c$")
  endif()
  add_library(room_${room} STATIC ${sources})
  target_include_directories(room_${room} PUBLIC ${CMAKE_SOURCE_DIR}/core)
  foreach(needed ${ROOM_DEPENDS})
    if(TARGET room_${needed}) # a room without files is none
      target_link_libraries(room_${room} PRIVATE room_${needed})
    endif()
  endforeach()
  target_link_libraries(room_${room} PRIVATE ${ROOM_LIBRARIES})
  if(room STREQUAL "app")
    add_executable(okienko ${CMAKE_SOURCE_DIR}/core/app/main.c)
    target_link_libraries(okienko PRIVATE room_app)
    set_target_properties(okienko PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
  endif()
endfunction()
