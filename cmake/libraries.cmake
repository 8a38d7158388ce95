# The libraries Okienko stands on, as interface targets, so that a room names what it needs once.
find_package(PkgConfig REQUIRED)
pkg_check_modules(UV REQUIRED IMPORTED_TARGET libuv)
pkg_check_modules(LUA REQUIRED IMPORTED_TARGET lua5.4)
pkg_check_modules(CJSON REQUIRED IMPORTED_TARGET libcjson)
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)

add_library(okienko_uv INTERFACE)
target_link_libraries(okienko_uv INTERFACE PkgConfig::UV)
add_library(okienko_lua INTERFACE)
target_link_libraries(okienko_lua INTERFACE PkgConfig::LUA)
add_library(okienko_cjson INTERFACE)
target_link_libraries(okienko_cjson INTERFACE PkgConfig::CJSON)
add_library(okienko_zlib INTERFACE)
target_link_libraries(okienko_zlib INTERFACE PkgConfig::ZLIB)
add_library(okienko_sodium INTERFACE)
target_link_libraries(okienko_sodium INTERFACE PkgConfig::SODIUM)
add_library(okienko_sqlite INTERFACE)
target_link_libraries(okienko_sqlite INTERFACE PkgConfig::SQLITE)

# llhttp comes as a package with a CMake or pkg-config file (libllhttp-dev), or as installed C sources
# (Debian 12's node-llhttp), which are compiled here. Without LLHTTP_STRICT_MODE it takes lone CRs and
# more; the define is in its header, so whoever includes it needs it as well.
find_package(llhttp CONFIG QUIET)
if(TARGET llhttp::llhttp_shared)
  add_library(okienko_llhttp INTERFACE)
  target_link_libraries(okienko_llhttp INTERFACE llhttp::llhttp_shared)
else()
  find_path(LLHTTP_INCLUDE llhttp.h PATHS /usr/share/include/llhttp PATH_SUFFIXES llhttp REQUIRED)
  find_path(LLHTTP_SOURCES llhttp.c PATHS /usr/share/llhttp REQUIRED)
  add_library(okienko_llhttp STATIC
    ${LLHTTP_SOURCES}/llhttp.c ${LLHTTP_SOURCES}/api.c ${LLHTTP_SOURCES}/http.c)
  target_include_directories(okienko_llhttp SYSTEM PUBLIC ${LLHTTP_INCLUDE})
  target_compile_options(okienko_llhttp PRIVATE -O2 -w)
  target_compile_definitions(okienko_llhttp PUBLIC LLHTTP_STRICT_MODE=1)
endif()
