// luacheck finds no global written, nothing unused, no word that plugins do not have.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, repository } from './tree.mjs';

const config = readFileSync(join(repository, '.luacheckrc'));

check({
  proves: 'luacheck passes plugins/ and the Lua of tests/ and core/',
  find(tree) {
    const folders = ['plugins', 'core', 'tests'].filter((folder) => tree.files(new RegExp(`^${folder}/.*\\.lua$`)).length);
    if (!folders.length) return [];
    const { status, output } = tree.run('luacheck', '--no-color', '--codes', '--formatter', 'plain', ...folders);
    return status ? output.split('\n').filter(Boolean) : [];
  },
  seeds: [
    ['plugins/a/services/x.lua', 'leak = 1\n', /x\.lua:1:1: \(W111\).*leak/],
    ['plugins/a/services/x.lua', 'return servce {}\n', /x\.lua:1:8: \(W113\).*servce/],
    ['plugins/a/services/x.lua', 'return {\n', /x\.lua:.*\(E011\)/],
  ].map(([name, text, says]) => ({ files: { '.luacheckrc': config, [name]: text }, says })),
});
