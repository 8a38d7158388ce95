// The command line: help, exit codes, messages in Polish or English, and errors a person can act on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { okienko, serve, workspace } from '../support/okienko.mjs';

let place;
before(() => { place = workspace(); });
after(() => place.remove());

const COMMANDS = ['serve', 'check', 'test', 'quote', 'new', 'import', 'export', 'user', 'person', 'backup', 'restore', 'audit', 'report'];

test('every subcommand has help in both languages and exits with 0', async () => {
  for (const command of COMMANDS) {
    const english = await okienko([command, '--help']);
    const polish = await okienko([command, '--help'], { locale: 'pl_PL.UTF-8' });
    assert.equal(english.code, 0);
    assert.match(english.out, new RegExp(`^Usage: okienko ${command}`));
    assert.match(polish.out, new RegExp(`^Użycie: okienko ${command}`));
    assert.notEqual(english.out, polish.out);
  }
  assert.match((await okienko(['--help'])).out, /okienko serve/);
  assert.match((await okienko(['--version'])).out, /^okienko \d/);
});

test('a wrong call exits with 2 and says what was meant', async () => {
  const cases = [
    [[], /okienko serve/],
    [['serv'], /Did you mean "serve"\?/],
    [['serve', '--lisen', 'x'], /no option "--lisen"/],
    [['serve', '--listen'], /needs a value: HOST:PORT/],
    [['serve', '--demo=yes'], /takes no value/],
    [['serve', '--data', 'a', '--data', 'b'], /may be given once/],
    [['serve', 'koszalin'], /no use for "koszalin"/],
    [['check', 'nowhere'], /no programme "nowhere"/],
    [['check', '--plugins', '/does/not/exist'], /cannot be read/],
    [['new', 'programme'], /argument is missing/],
    [['new', 'town', 'x'], /no use for "town"/],
    [['quote'], /argument is missing/],
    [['import', 'koszalin'], /argument is missing/],
    [['import', 'koszalin', 'people.csv'], /which table.*external-services/],
    [['import', 'nowhere', 'partners.csv'], /no programme "nowhere"/],
    [['import', 'koszalin', '/does/not/exist/partners.csv'], /cannot be read/],
    [['export', 'koszalin', 'people'], /which table.*external-services/],
    [['export', 'nowhere', 'partners'], /no programme "nowhere"/],
  ];
  for (const [args, message] of cases) {
    const { code, err } = await okienko(args);
    assert.equal(code, 2, args.join(' '));
    assert.match(err, message, args.join(' '));
  }
});

test('check and test exit with 0 on sound rules and with 1 on faults, told as file:line', async () => {
  for (const command of ['check', 'test']) {
    const { code, out } = await okienko([command, '--plugins', place.plugins]);
    assert.equal(code, 0, out);
    assert.match(out, /^koszalin: .*\d+/m);
  }
  const file = join(place.plugins, 'koszalin/services/laundry.lua');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('unit', 'unnit').replace('revision', 'revison'));
  const polish = await okienko(['check', '--plugins', place.plugins], { locale: 'pl_PL.UTF-8' });
  assert.equal(polish.code, 1);
  assert.match(polish.out, /^koszalin\/services\/laundry\.lua:\d+: .*unnit/m);
  assert.match(polish.out, /^koszalin\/services\/laundry\.lua:\d+: .*revison/m);
  const json = await okienko(['check', '--json', '--plugins', place.plugins]);
  assert.equal(json.code, 1);
  const programme = JSON.parse(json.out).find(({ programme: id }) => id === 'koszalin');
  assert.equal(programme.good, false);
  assert.ok(programme.faults.length >= 2);
  assert.ok(programme.faults.every((f) => f.file && f.code && f.text));
  writeFileSync(file, text);
});

test('quote answers one case in words and as JSON', async () => {
  const facts = ['commune=3261011', 'dependent=true', 'windows=4', '--on', '2024-03-01', '--plugins', place.plugins];
  const words = await okienko(['quote', 'koszalin/window-cleaning', ...facts], { locale: 'pl_PL.UTF-8' });
  assert.equal(words.code, 0, words.err);
  assert.match(words.out, /20,00\s+zł/);
  const json = await okienko(['quote', '--json', 'koszalin/window-cleaning', ...facts]);
  assert.equal(JSON.parse(json.out).fee.most?.grosze ?? JSON.parse(json.out).fee.amount.grosze, 2000);
  const all = await okienko(['quote', '--json', 'koszalin', '--on', '2024-03-01', '--plugins', place.plugins]);
  assert.equal(JSON.parse(all.out).items.length, 16);
  const wrong = await okienko(['quote', 'koszalin/window-cleaning', 'windos=4', '--plugins', place.plugins]);
  assert.equal(wrong.code, 1);
  assert.match(wrong.err, /windows/);
  assert.equal((await okienko(['quote', 'koszalin/window-clening', '--plugins', place.plugins])).code, 1);
});

test('new never overwrites, and refuses a name that is no id', async () => {
  const args = ['new', 'service', 'koszalin/laundry', '--plugins', place.plugins];
  assert.equal((await okienko(args)).code, 1);
  for (const id of ['../x', 'Koszalin', 'a b', '', '.', 'x/y/z']) {
    assert.notEqual((await okienko(['new', 'programme', id, '--plugins', place.plugins])).code, 0, id);
  }
});

test('serve refuses what it cannot do with a reason, and ends by SIGTERM with 0', async () => {
  const beyond = await okienko(['serve', '--listen', '0.0.0.0:0', '--plugins', place.plugins, '--data', place.data]);
  assert.equal(beyond.code, 2);
  assert.match(beyond.err, /loopback/);
  const server = await serve(place);
  const port = new URL(server.url).port;
  const taken = await okienko(['serve', '--listen', `127.0.0.1:${port}`, '--plugins', place.plugins, '--data', place.data]);
  assert.equal(taken.code, 2);
  assert.match(taken.err, /in use/);
  assert.equal(server.ready.split('\n').length, 2);
  assert.match(server.log(), /not in force today/);
  assert.deepEqual(await server.stop(), { code: 0, signal: null });
});

test('settings come from a file, the command line goes before them, and a slip is told with its line', async () => {
  const config = join(place.folder, 'okienko.lua');
  writeFileSync(config, `return okienko {\n  plugins = "${place.plugins}",\n  demo = true,\n}\n`);
  const server = await serve(place, '--config', config);
  const programme = await server.json('/v1/koszalin');
  assert.equal(programme.demo_day, true);
  await server.stop();
  writeFileSync(config, 'return okienko {\n  plugin = "x",\n}\n');
  const slip = await okienko(['serve', '--config', config]);
  assert.equal(slip.code, 2);
  assert.match(slip.err, /okienko\.lua:2: .*plugins/);
});
