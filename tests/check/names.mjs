// A name that other files see says which room it lives in. base is exempt: there the file's noun is the
// convention (span_, buf_, date_); what a build embeds is embedded_.
import { check } from './tree.mjs';
import { objects } from './objects.mjs';

check({
  proves: 'every external name of a room but base begins with the name of its room',
  find: (tree) => objects(tree).filter(({ room }) => room !== 'base').flatMap(({ room, file, defines }) =>
    [...defines].filter((name) => !name.startsWith(`${room}_`) && !name.startsWith('embedded_') &&
        !name.startsWith('__') /* a compiler's own */)
      .map((name) => `core/${room}/${file}:1: ${name} does not begin with ${room}_`)),
  seeds: [
    ['void b_x(void) {}', /core\/a\/x\.c:1: b_x does not begin with a_/],
    ['int ax = 1;', /core\/a\/x\.c:1: ax does not/],
  ].map(([code, says]) => ({ files: { 'core/a/x.c': code }, says })),
});
