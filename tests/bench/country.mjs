// Makes a country to measure with: a folder of many programmes, each varied from a real one under plugins/.
//
//   node tests/bench/country.mjs FOLDER [--programmes 2477] [--services 16] [--seed 1]
//
// The same seed makes the same bytes. Programmes have their own names, ids and codes; prices and pools differ;
// the tests of the rules come along, with the prices that they expect.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const plugins = fileURLToPath(new URL('../../plugins', import.meta.url));

/** Numbers from 0 to `below`, the same for a seed (mulberry32). */
function dice(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const BEFORE = ['', '', 'Nowa ', 'Stara ', 'Wielka ', 'Mała ', 'Górna ', 'Dolna ', 'Biała ', 'Czarna '];
const ROOTS = ['Brzoz', 'Dęb', 'Lip', 'Olsz', 'Sosn', 'Jawor', 'Grab', 'Wierzb', 'Kamien', 'Piask', 'Młyn', 'Kuź', 'Łąk',
  'Jezior', 'Rzecz', 'Gór', 'Dol', 'Las', 'Bor', 'Rud', 'Sol', 'Zamk', 'Kościel', 'Bisk', 'Król', 'Woj', 'Żur', 'Sok',
  'Wilk', 'Jeleń', 'Niedźw', 'Bober', 'Czapl', 'Gołęb', 'Kruk', 'Pszczel', 'Miod', 'Chmiel', 'Żyt', 'Pszen'];
const ENDS = ['owo', 'ica', 'ówka', 'no', 'ów', 'owice', 'nik', 'sk', 'iec', 'ynia', 'anka', 'owiec'];

const LATIN = { ą: 'a', ć: 'c', ę: 'e', ł: 'l', ń: 'n', ó: 'o', ś: 's', ź: 'z', ż: 'z' };
const idOf = (name) => name.toLowerCase().replace(/[^a-z ]/g, (letter) => LATIN[letter] ?? '').replace(/ /g, '-');

/** Different names, each with its id. */
function* names(random) {
  const seen = new Set();
  for (;;) {
    const name = BEFORE[random(BEFORE.length)] + ROOTS[random(ROOTS.length)] + ENDS[random(ENDS.length)];
    const id = idOf(name);
    if (seen.has(id)) continue;
    seen.add(id);
    yield { name, id };
  }
}

/** Codes as the register of territories has them: voivodeship (02 to 32, even), district, commune, kind. */
const tercOf = (place) => [2 + 2 * (place % 16), 1 + Math.floor(place / 16) % 40, 1 + Math.floor(place / 640)]
  .map((part) => String(part).padStart(2, '0')).join('') + (1 + (place % 3));

/** A programme to vary: its files and the words that are its own. */
function template(id) {
  const read = (...path) => readFileSync(join(plugins, id, ...path), 'utf8');
  const files = new Map(['programme.lua', 'facts.lua', 'shared.lua']
    .filter((name) => existsSync(join(plugins, id, name))).map((name) => [name, read(name)]));
  const programme = files.get('programme.lua');
  const services = readdirSync(join(plugins, id, 'services')).filter((name) => /^[a-z0-9-]+\.lua$/.test(name))
    .map((name) => ({ id: name.slice(0, -4), text: read('services', name), spec: read('services', name.replace(/lua$/, 'spec.lua')) }));
  return {
    id, files, services,
    town: programme.match(/municipality *= *\{ *name *= *"([^"]+)"/)[1],
    terc: programme.match(/terc *= *"(\d{7})"/)[1],
    // Where the whole programme has amounts of its own, a fee need not follow the price.
    follows: ![...files.values()].some((text) => /\bpln\b/.test(text)),
  };
}

const AMOUNT = /\bpln "(\d+)\.(\d\d)"/g;

/** Every amount `twentieths` of twenty as much; as it was when that is no whole number of grosze. */
function priced(text, spec, twentieths) {
  const wanted = /price *= *\{ *\{[^}]*\bpln "/.test(text) && text.match(AMOUNT).length === 1
    && [...(text + spec).matchAll(AMOUNT)].every(([, zl, gr]) => (Number(zl + gr) * twentieths) % 20 === 0);
  if (!wanted) return [text, spec];
  return [text, spec].map((one) => one.replace(AMOUNT, (_, zl, gr) => {
    const grosze = String((Number(zl + gr) * twentieths) / 20).padStart(3, '0');
    return `pln "${grosze.slice(0, -2)}.${grosze.slice(-2)}"`;
  }));
}

/** So many services of a template; when it has fewer, some stand there again under another id and number. */
function several(from, count) {
  return Array.from({ length: count }, (_, i) => {
    const again = Math.floor(i / from.services.length), one = from.services[i % from.services.length];
    return again === 0 ? one : { ...one, id: `${one.id}-${again + 1}`, text: one.text.replace(`id = "${one.id}"`,
      `id = "${one.id}-${again + 1}"`).replace(/\bnumber = (\d+)/, (_, number) => `number = ${Number(number) + 100 * again}`) };
  });
}

function makeProgramme(folder, from, own, services, random) {
  const mine = (text) => text.replaceAll(from.terc, own.terc).replaceAll(`"${from.id}"`, `"${own.id}"`)
    .replace(new RegExp(`${from.town}\\p{L}*`, 'gu'), own.name);
  const at = join(folder, own.id);
  mkdirSync(join(at, 'services'), { recursive: true });
  for (const [name, text] of from.files) writeFileSync(join(at, name), mine(text));
  for (const { id, text, spec } of several(from, services)) {
    const [varied, expected] = from.follows ? priced(text, spec, 10 + random(31)) : [text, spec];
    const pooled = varied.replace(/(pool *= *\{[^}]*value = )(\d+)/, (_, before, pool) =>
      before + Math.max(1, Math.round((Number(pool) * (50 + random(101))) / 100)));
    writeFileSync(join(at, 'services', `${id}.lua`), mine(pooled));
    writeFileSync(join(at, 'services', `${id}.spec.lua`), mine(expected));
  }
}

/** Fills `folder` with programmes and returns their { id, name, terc, services }, in the order they were made. */
export function makeCountry(folder, { programmes = 2477, services = 16, seed = 1 } = {}) {
  const random = dice(seed), named = names(random);
  const templates = readdirSync(plugins, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    .map((entry) => template(entry.name));
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(plugins, 'act.lua'), join(folder, 'act.lua'));
  return Array.from({ length: programmes }, (_, place) => {
    const from = templates[place % templates.length];
    const own = { ...named.next().value, terc: tercOf(place) };
    makeProgramme(folder, from, own, services, random);
    return { ...own, services: several(from, services).map((service) => service.id) };
  });
}

const LOOP = 'while true do end\n';
const LEAK = 'local kept = {} while true do kept[#kept + 1] = ("x"):rep(1000) .. #kept end\n';

/** What makes a programme a bad one: changes of the text of one of its services. */
export const SPOILS = [
  ['loops', (text) => text.replace('return service', `${LOOP}return service`)],
  ['takes memory without end', (text) => text.replace('return service', `${LEAK}return service`)],
  ['fails its tests', (text) => text.replace(/(price *= *\{ *\{[^}]*pln )"\d+/, '$1"77')],
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, ...rest] = process.argv.slice(2);
  const options = {};
  for (let i = 0; i < rest.length; i += 2) options[rest[i].replace(/^--/, '')] = Number(rest[i + 1]);
  if (!folder || Object.entries(options).some(([name, value]) => !['programmes', 'services', 'seed'].includes(name) || !(value >= 1))) {
    console.error('country.mjs FOLDER [--programmes 2477] [--services 16] [--seed 1]');
    process.exit(2);
  }
  const made = makeCountry(resolve(folder), options);
  console.log(`${made.length} programmes, ${made.reduce((sum, one) => sum + one.services.length, 0)} services`);
}
