// The tree holds what people write: nothing that a build leaves, nothing too large to read.
import { check } from './tree.mjs';

const MOST = 200 * 1024;
const LEFT_BY_BUILDS = /\.(o|a|so(\.\d+)*|d|gcda|gcno|pyc|class|deb|db|sqlite|profraw|log)$|(^|\/)(CMakeCache\.txt|core\.\d+)$/;
const ELF = Buffer.from('\x7fELF', 'latin1');

check({
  proves: `no file over ${MOST / 1024} KB, none that a build leaves`,
  find: (tree) => tree.names.flatMap((name) => {
    if (LEFT_BY_BUILDS.test(name) || tree.bytes(name).subarray(0, 4).equals(ELF)) {
      return [`${name}:1: left by a build`];
    }
    return tree.size(name) > MOST ? [`${name}:1: ${tree.size(name)} bytes, at most ${MOST}`] : [];
  }),
  seeds: [
    ['schema/x.json', ' '.repeat(MOST + 1), /schema\/x\.json:1: 204801 bytes/],
    ['core/a/x.o', '', /x\.o:1: left by a build/],
    ['okienko', '\x7fELF\x02', /okienko:1: left by a build/],
  ].map(([name, text, says]) => ({ files: { [name]: text }, says })),
});
