// The walls of core/: who includes whom, as the okienko_room() table in CMakeLists.txt allows it.
import { C_OF_CORE, check, matches } from './tree.mjs';

// The headers of a library, by the name that LIBRARIES gives it.
const LIBRARIES = {
  okienko_uv: /^uv(\.h|\/)/,
  okienko_lua: /^(lua|lauxlib|lualib|luaconf)\.h$/,
  okienko_cjson: /^(cjson\/)?cJSON\.h$/,
  okienko_llhttp: /^llhttp\.h$/,
  okienko_zlib: /^zlib\.h$/,
  okienko_sodium: /^sodium\.h$/,
  okienko_sqlite: /^sqlite3\.h$/,
  okienko_utf8proc: /^utf8proc\.h$/,
};
// C17 and what POSIX and Linux give besides.
const LIBC = /^((sys|netinet|arpa|net|linux)\/)?(\w+)\.h$/;
const LIBC_NAMES = new Set(`
  assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg
  stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype
  dirent dlfcn endian fcntl fnmatch ftw getopt glob grp libgen malloc netdb poll pthread pwd regex sched
  semaphore spawn strings syslog termios unistd`.trim().split(/\s+/));

function isLibc(header) {
  const [, , folder, name] = LIBC.exec(header) ?? [];
  return Boolean(name) && (Boolean(folder) || LIBC_NAMES.has(name));
}

function table(tree) {
  const rooms = new Map();
  const text = tree.text('CMakeLists.txt').replace(/#[^\n]*/g, '');
  for (const { line, match } of matches(text, /^okienko_room\(\s*(\w+)\s+DEPENDS([^)]*)\)/gm)) {
    const [depends, libraries = ''] = match[2].split('LIBRARIES').map((part) => part.trim());
    const words = (part) => part.split(/\s+/).filter(Boolean);
    rooms.set(match[1], { line, depends: words(depends), libraries: words(libraries) });
  }
  return rooms;
}

function* faultsOfTable(rooms) {
  const done = new Set();
  const cycle = (room, path) => {
    if (path.includes(room)) return [...path.slice(path.indexOf(room)), room];
    if (done.has(room)) return null;
    for (const needed of rooms.get(room)?.depends ?? []) {
      const found = cycle(needed, [...path, room]);
      if (found) return found;
    }
    done.add(room);
    return null;
  };
  for (const [room, { line, depends }] of rooms) {
    for (const needed of depends.filter((name) => !rooms.has(name))) {
      yield `CMakeLists.txt:${line}: ${room} depends on ${needed}, which is no room`;
    }
    const found = cycle(room, []);
    if (found) {
      yield `CMakeLists.txt:${line}: rooms in a circle: ${found.join(' > ')}`;
      return;
    }
  }
}

function faultOfInclude(rooms, room, kind, header) {
  const { depends, libraries } = rooms.get(room);
  if (kind === '"') {
    const other = header.split('/')[0];
    if (!header.includes('/')) return `write "${room}/${header}"`;
    if (!rooms.has(other)) return `${other} is no room`;
    return other === room || depends.includes(other) ? null
      : `${room} may not include ${other}, only ${depends.join(', ') || 'itself'}`;
  }
  const library = Object.keys(LIBRARIES).find((name) => LIBRARIES[name].test(header));
  if (library) return libraries.includes(library) ? null : `${room} may not include <${header}>: ${library}`;
  return isLibc(header) ? null : `<${header}> is neither of libc nor of a library that tests/check/rooms.mjs knows`;
}

check({
  proves: 'every #include in core/ keeps to the table of rooms, and the table has no circle',
  find(tree) {
    const rooms = table(tree);
    const faults = [...faultsOfTable(rooms)];
    for (const name of tree.files(C_OF_CORE)) {
      const room = name.split('/')[1];
      if (!rooms.has(room)) {
        faults.push(`${name}:1: ${room} is not in the table of rooms`);
        continue;
      }
      for (const { line, match } of matches(tree.text(name), /^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]/gm)) {
        const fault = faultOfInclude(rooms, room, match[1], match[2]);
        if (fault) faults.push(`${name}:${line}: ${fault}`);
      }
    }
    return faults;
  },
  seeds: [
    ['okienko_room(a DEPENDS)\nokienko_room(b DEPENDS a)\n', '#include "b/b.h"\n', /a\/x\.c:1: a may not include b/],
    ['okienko_room(a DEPENDS)\n', '\n#include <uv.h>\n', /a\/x\.c:2: a may not include <uv\.h>/],
    ['okienko_room(a DEPENDS LIBRARIES okienko_uv)\n', '#include <lua.h>\n', /may not include <lua\.h>/],
    ['okienko_room(a DEPENDS)\n', '#include <openssl/ssl.h>\n', /<openssl\/ssl\.h> is neither/],
    ['okienko_room(a DEPENDS)\n', '#include "x.h"\n', /write "a\/x\.h"/],
    ['okienko_room(a DEPENDS)\n', '#include "z/z.h"\n', /z is no room/],
    ['okienko_room(b DEPENDS)\n', '', /a is not in the table/],
    ['okienko_room(a DEPENDS z)\n', '', /depends on z, which is no room/],
    ['okienko_room(a DEPENDS b)\nokienko_room(b DEPENDS c)\nokienko_room(c DEPENDS\n  a)\n', '', /a > b > c > a/],
  ].map(([cmake, code, says]) => ({ files: { 'CMakeLists.txt': cmake, 'core/a/x.c': code }, says })),
});
