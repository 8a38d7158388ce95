// Tables of the catalogue on the command line: preview, import, export, and back byte for byte.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { binary, okienko, serve, until, workspace } from '../support/okienko.mjs';

const MARK = '\ufeff', PL = { locale: 'pl_PL.UTF-8' };
let place, catalogue, given;
before(() => {
  place = workspace();
  catalogue = join(place.plugins, 'koszalin/catalogue');
  given = (name) => join(place.folder, name);
});
after(() => place.remove());

const table = (...args) => [args[0], '--plugins', place.plugins, ...args.slice(1)];
const exported = (kind) => execFileSync(binary, table('export', 'koszalin', kind));
const current = (kind) => readFileSync(join(catalogue, `${kind}.csv`), 'utf8');

/** Writes a table to be imported; its path. */
function give(name, text) {
  writeFileSync(given(name), text);
  return given(name);
}

test('a preview tells what would be added, changed and removed, and writes nothing', async () => {
  const old = current('partners');
  const lines = old.trimEnd().split('\r\n');
  const changed = lines.filter((line) => !line.startsWith('red-cross;'))
    .map((line) => line.replace('Pedagodzy szkolni', 'Pedagodzy w szkołach'));
  const row = lines.find((line) => line.startsWith('police-city-guard;'));
  const file = give('partners.csv', [...changed, row.replace('police-city-guard', 'fire-brigade')].join('\r\n'));
  const { code, out } = await okienko(table('import', '--dry-run', 'koszalin', file), PL);
  assert.equal(code, 0, out);
  assert.match(out, /^\+ fire-brigade: Komenda/m);
  assert.match(out, /^~ school-pedagogues: Pedagodzy w szkołach \(nazwa\)$/m);
  assert.match(out, /^- red-cross: Oddział/m);
  assert.match(out, /Dodanych: 1, zmienionych: 1, usuniętych: 1, bez zmian: 11\.\nTo podgląd/);
  assert.equal(current('partners'), old);
  const json = JSON.parse((await okienko(table('import', '--dry-run', '--json', 'koszalin', file))).out);
  assert.deepEqual(json.map((one) => [one.change, one.id]),
    [['changed', 'school-pedagogues'], ['added', 'fire-brigade'], ['removed', 'red-cross']]);
  assert.equal(json[0].columns, 'nazwa');
});

test('what is imported comes out byte for byte, whatever its line ends, mark and quotes', async () => {
  const head = 'podstawa;id;Nazwa;OPIS', row = 'plan;a;"Poradnia ""A""; B"; opis ';
  const tables = [`${MARK}${head}\r\n${row}\r\n`, `${head}\n${row}`, `${MARK}${head}\n\n"plan";a;A;\r\n;;;\n`];
  rmSync(join(catalogue, 'external-services.csv'));
  rmSync(join(catalogue, 'bundles.csv')); // they point to what is replaced here
  for (const text of tables) {
    const { code, out } = await okienko(table('import', '--as', 'partners', 'koszalin', give('x.csv', text)));
    assert.equal(code, 0, out);
    assert.match(out, /Written: koszalin\/catalogue\/partners\.csv\./);
    assert.ok(exported('partners').equals(Buffer.from(text)));
  }
  assert.deepEqual(readdirSync(catalogue).sort(), ['activities.csv', 'partners.csv'], 'no temporary file stays');
});

test('where there is no table, its headings come out, and go in', async () => {
  rmSync(catalogue, { recursive: true });
  for (const kind of ['external-services', 'activities', 'partners', 'bundles']) {
    const text = exported(kind);
    assert.match(text.toString(), new RegExp(`^${MARK}id;nazwa;nazwa en;nazwa uk;.*;podstawa\r\n$`));
    const { code, out } = await okienko(table('import', 'koszalin', give(`${kind}.csv`, text)));
    assert.equal(code, 0, out);
  }
  assert.equal((await okienko(table('check'))).code, 0);
});

test('mistakes are told of the given file, all of them, and nothing is written', async () => {
  const old = current('partners');
  const file = give('partners.csv', 'id;nazwaa;telefon;podstawa\nA b;x;brak;y\na;=1;12;\n');
  const { code, out } = await okienko(table('import', 'koszalin', file), PL);
  assert.equal(code, 1);
  assert.ok(out.includes(`${file}:1: nie ma kolumny „nazwaa”`));
  assert.ok(out.includes(`${file}:2: „A b” nie może być identyfikatorem`));
  assert.ok(out.includes(`${file}:2: kolumna C (telefon): „brak” to nie jest numer telefonu`));
  assert.ok(out.includes(`${file}:3: kolumna D (podstawa): komórka jest pusta`));
  assert.match(out, /Nic nie zapisano/);
  assert.equal(current('partners'), old);
  const told = JSON.parse((await okienko(table('import', '--json', 'koszalin', file))).out);
  assert.ok(told.some((fault) => fault.code === 'csv-form' && fault.file === file && fault.line === 2));
});

test('a table that another one points into is refused as a whole', async () => {
  const put = (kind, text) => okienko(table('import', '--as', kind, 'koszalin', give('x.csv', text)));
  assert.equal((await put('partners', 'id;nazwa;podstawa\na;A;b\n')).code, 0);
  assert.equal((await put('external-services', 'id;nazwa;partner;podstawa\nx;X;a;b\n')).code, 0);
  const { code, out } = await put('partners', 'id;nazwa;podstawa\nb;B;b\n');
  assert.equal(code, 1);
  assert.match(out, /external-services\.csv:2: column C \(partner\).*"a"/);
  assert.match(current('partners'), /^a;A;b$/m);
});

test('an import is live on a running server', async () => {
  const server = await serve(place);
  const file = give('partners.csv', 'id;nazwa;podstawa\na;Nowa nazwa;b\n');
  assert.equal((await okienko(table('import', 'koszalin', file))).code, 0);
  await until(async () => (await server.json('/v1/koszalin/partners/a')).name === 'Nowa nazwa');
  await server.stop();
});

test('a link in place of the folder is not written through', async () => {
  const other = given('elsewhere');
  rmSync(catalogue, { recursive: true });
  mkdirSync(other);
  symlinkSync(other, catalogue);
  const { code } = await okienko(table('import', 'koszalin', give('partners.csv', 'id;nazwa;podstawa\na;A;b\n')));
  assert.equal(code, 1);
  assert.ok(!existsSync(join(other, 'partners.csv')));
});
