// By hand: node tests/office/seam.mutants.mjs [build]. Takes each line of the product that carries a field of a verdict into
// the record out, one at a time, builds, and runs seam.test.mjs for one programme: each mutant has to be red. The tree is put back.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(new URL('.', import.meta.url)), '../..');
const build = resolve(process.argv[2] ?? join(root, 'build'));

/* Where a verdict becomes a row: one statement of a field each. */
const CARRIERS = {
  'core/ipus/decisions.c': /^ +ipus_set(_text)?\((&work->row|row), DECISION_(?!PERSON|OVERRIDES|ON)\w+,[^;]*verdict[^;]*;/gm,
  'core/ipus/charges.c': /^ +ipus_set(_text)?\(&row, CHARGE_(?!STATE)\w+,[^;]*verdict[^;]*;/gm,
  'core/ipus/queue.c': /^ +ipus_set(_text)?\(&work->row, WAITING_\w+,[^;]*verdict[^;]*;/gm,
  'core/verdict/write.c': /^ +\.(yes|price|value|before_relief|fee|rules|score) = [^;]*?,$/gm,
};

let red = 0, green = 0;
for (const [name, pattern] of Object.entries(CARRIERS)) {
  const file = join(root, name);
  const text = readFileSync(file, 'utf8');
  for (const found of text.matchAll(pattern)) {
    const what = `${name}: ${found[0].trim().split('\n')[0]}`;
    try {
      // What is left out of a braced statement leaves it empty; of an initialiser, zero.
      const instead = found[0].trim().startsWith('.') ? '' : ';';
      writeFileSync(file, text.slice(0, found.index) + instead + text.slice(found.index + found[0].length));
      const made = spawnSync('ninja', ['-C', build, 'okienko'], { encoding: 'utf8' });
      if (made.status !== 0) {
        console.log(`NOT BUILT ${what}\n${made.stdout.slice(-600)}`);
        green += 1;
        continue;
      }
      const ran = spawnSync('node', ['--test', join(root, 'tests/office/seam.test.mjs')],
        { encoding: 'utf8', env: { ...process.env, SEAM_PROGRAMMES: 'koszalin', OKIENKO: join(build, 'okienko') } });
      console.log(`${ran.status === 0 ? 'GREEN' : 'red'} ${what}`);
      if (ran.status === 0) green += 1; else red += 1;
    } finally {
      writeFileSync(file, text);
    }
  }
}
spawnSync('ninja', ['-C', build, 'okienko']);
console.log(`${red} mutants red, ${green} not`);
process.exit(green === 0 && red > 0 ? 0 : 1);
