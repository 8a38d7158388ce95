// What the object files of core/ define and call, as nm tells it: of the build's room libraries, or of a
// tree without a build (a planted one) by compiling it.
import { mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Missing } from './tree.mjs';

function compiled(tree) {
  const folder = join(tree.root, 'objects');
  return tree.files(/^core\/\w+\/\w+\.c$/).map((name) => {
    const [, room, file] = name.split('/');
    mkdirSync(join(folder, room), { recursive: true });
    const { status, output } = tree.run('cc', '-c', '-I', 'core', name, '-o', join(folder, room, `${file}.o`));
    if (status) throw new Error(output);
    return { room, path: join(folder, room, `${file}.o`) };
  });
}

function built(tree) {
  const libraries = readdirSync(tree.build).map((name) => /^libroom_(\w+)\.a$/.exec(name)).filter(Boolean);
  if (!libraries.length) throw new Missing(`${tree.build} holds no room libraries`);
  return libraries.map(([name, room]) => ({ room, path: join(tree.build, name) }));
}

/** Every object as { room, file, defines: Set, uses: Set }, in order. */
export function objects(tree) {
  const found = new Map();
  for (const { room, path } of tree.build ? built(tree) : compiled(tree)) {
    const { status, output } = tree.run('nm', '-A', '-P', path);
    if (status) throw new Error(output);
    for (const line of output.split('\n')) {
      // "libroom_a.a[x.c.o]: a_x T 0 1", "x.c.o: a_x T 0 1"
      const [, where, name, type] = /^(.*): (\S+) ([A-Z])( |$)/.exec(line) ?? [];
      if (!where) continue;
      const file = (/\[(.*)\]$/.exec(where)?.[1] ?? basename(where)).replace(/\.o$/, '');
      const key = `${room}/${file}`;
      if (!found.has(key)) found.set(key, { room, file, defines: new Set(), uses: new Set() });
      found.get(key)[type === 'U' ? 'uses' : 'defines'].add(name);
    }
  }
  return [...found.values()].sort((a, b) => (`${a.room}/${a.file}` < `${b.room}/${b.file}` ? -1 : 1));
}
