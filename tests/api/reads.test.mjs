// Reads: languages, days, search, filters, order, pages, groups, chosen fields, what is left.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { serve, workspace } from '../support/okienko.mjs';

const ON = '2024-03-01', P = '/v1/koszalin', S = `${P}/services`, W = `${S}/window-cleaning`;
let place, server;
before(async () => { place = workspace(); server = await serve(place); });
after(async () => { await server.stop(); place.remove(); });

const get = (path, lang = 'pl') => server.json(path, { 'Accept-Language': lang });
const ids = async (query) => (await get(`${S}?on=${ON}&per_page=100&${query}`)).items.map((item) => item.id);

test('the programmes and the programme', async () => {
  const { items } = await get(`/v1/programmes?on=${ON}`);
  const listed = items.find((one) => one.id === 'koszalin');
  assert.equal(listed.terc, '3261011');
  assert.deepEqual(listed.period, { from: '2023-10-01', to: '2026-09-30' });
  assert.equal(listed.in_force, true);
  const programme = await get(`${P}?on=${ON}`);
  assert.equal(programme.version, listed.version);
  assert.equal(programme.fee.share_percent, 20);
  assert.equal(programme.resolution.number, 'LXIII/916/2023');
  assert.ok(programme.reliefs.length >= 10);
  assert.ok(programme.reliefs.every((relief) => relief.percent > 0 && relief.basis));
  assert.ok(programme.areas.length > 0 && programme.areas.every((area) => area.number > 0));
  const terms = Object.fromEntries(programme.terms.map(({ id, rows }) => [id, rows[0]]));
  assert.deepEqual([terms.plan_within_days.value, terms.plan_within_days.example], [30, false]);
  assert.equal(terms.no_show_counts.value, true);
  assert.ok(!programme.parameters.some(({ id }) => id in terms));
  assert.deepEqual(programme.budget.map(({ id, from, to, value: { grosze }, services }) => [id, from, to, grosze, services]),
    [['last-quarter-2023', '2023-10-01', '2023-12-31', 7600000, undefined]]);
  assert.ok(programme.indicators.every(({ name, counts, every, basis }) => name && counts && every && basis));
  for (const link of Object.values(listed.links)) {
    assert.notEqual((await server.get(link)).status, 404, link);
  }
});

test('three languages, falling back to Polish; ETag and 304 by language', async () => {
  const names = {};
  for (const lang of ['pl', 'en', 'uk']) {
    const answer = await server.get(W, { 'Accept-Language': lang });
    assert.equal(answer.headers.get('content-language'), lang);
    assert.match(answer.headers.get('vary'), /Accept-Language/i);
    names[lang] = (await answer.json()).name;
    const again = await server.get(W, { 'Accept-Language': lang, 'If-None-Match': answer.headers.get('etag') });
    assert.equal(again.status, 304);
  }
  assert.deepEqual(names, { pl: 'mycie okien', en: 'Window cleaning', uk: 'Миття вікон' });
  assert.equal((await get(W, 'de')).name, 'mycie okien');
  assert.equal((await get(W, 'de, uk;q=0.5')).name, 'Миття вікон');
  assert.equal((await get(`${W}?on=${ON}`, 'pl')).price.text, '25,00\u00a0zł');
  assert.equal((await get(`${W}?on=${ON}`, 'en')).price.text, '25.00\u00a0zł');
});

test('outside the period every read says so plainly', async () => {
  for (const on of ['2023-09-30', '2026-10-01', '1950-01-01']) {
    for (const path of [P, S, W, `${W}/availability`, `${P}/availability`, `${W}/questionnaire`,
      `${P}/questionnaire`]) {
      const answer = await get(`${path}?on=${on}`);
      assert.equal(answer.in_force, false, path);
      assert.match(answer.in_force_text, new RegExp(`${on}.*2023-10-01.*2026-09-30`), path);
    }
    const left = await get(`${P}/availability?on=${on}`);
    assert.ok(left.services.every((one) => !one.available && !one.open && one.pool === null && one.earliest === null));
    assert.deepEqual(await (await get(`${S}?on=${on}&available=true`)).items, []);
  }
  for (const on of ['2023-10-01', '2026-09-30']) {
    const answer = await get(`${P}?on=${on}`);
    assert.equal(answer.in_force, true);
    assert.equal(answer.in_force_text, undefined);
  }
});

test('one service: everything that is known of it', async () => {
  const service = await get(`${W}?on=${ON}`);
  assert.equal(service.number, 5);
  assert.deepEqual(service.package.id, 'pomoc-plus');
  assert.equal(service.price.grosze, 2500);
  assert.equal(service.price.basis, 'example');
  assert.equal(service.price.example, true);
  assert.equal(service.pool.pool, 944);
  assert.deepEqual(service.limits.rules[0], { kind: 'units', text: 'najwyżej 6\u00a0okien na jedną wizytę',
    most: 6, per: 'visit', whose: 'person' });
  assert.deepEqual(service.hours[0].days, ['mon', 'tue', 'wed', 'thu', 'fri']);
  assert.ok(service.eligibility.some((one) => one.id === 'resident' && one.facts.includes('commune')));
  assert.equal(Object.keys(service.basis).length, 8);
  assert.ok(service.parameters.find((one) => one.id === 'old_age').rows[0].value === 75);
  assert.match(service.version, /^[0-9a-f]{16}$/);
  assert.equal(service.file, 'services/window-cleaning.lua');
});

test('fields choose the members', async () => {
  assert.deepEqual(Object.keys(await get(`${W}?on=${ON}&fields=name,price`)),
    ['programme', 'on', 'in_force', 'id', 'name', 'price']);
  const { items } = await get(`${S}?on=${ON}&fields=limits,name`);
  assert.deepEqual(Object.keys(items[0]), ['id', 'name', 'limits']);
});

test('availability: the pool, the day, the first day', async () => {
  const friday = await get(`${W}/availability?on=${ON}`);
  assert.deepEqual({ ...friday.pool, basis: 0, example: 0 }, { pool: 944, taken: 0, left: 944, per: 'year',
    from: '2024-01-01', to: '2024-12-31', basis: 0, example: 0 });
  assert.equal(friday.open, true);
  assert.equal(friday.closed, null);
  const saturday = await get(`${W}/availability?on=2024-03-02`);
  assert.equal(saturday.open, false);
  assert.equal(saturday.earliest, '2024-03-04');
  const christmas = await get(`${W}/availability?on=2024-12-25`);
  assert.equal(christmas.open, false);
  assert.equal(christmas.closed.text, 'Boże Narodzenie');
  assert.equal((await get(`${P}/availability?on=${ON}`)).services.length, 16);
});

test('search folds accents and takes beginnings of words', async () => {
  for (const query of ['okien', 'OKIEN', 'mycie okien', 'myc', 'mycie+oki', 'window', '%D0%BC%D0%B8%D1%82%D1%82%D1%8F']) {
    assert.ok((await ids(`q=${query}`)).includes('window-cleaning'), query);
  }
  const folded = await ids('q=zlota+raczka'), accented = await ids(`q=${encodeURIComponent('złota rączka')}`);
  assert.deepEqual(folded, accented);
  assert.ok(folded.length > 0);
  assert.deepEqual(await ids('q=zzzz'), []);
  assert.deepEqual(await ids('q=%21%21'), []);
  assert.equal((await ids('q=')).length, 16);
});

test('a text is found however its letters are put together', async () => {
  const composed = await ids(`q=${encodeURIComponent('pielęgnacja')}`), apart = 'pielęgnacja'.normalize('NFD');
  assert.ok(composed.includes('nail-care') && apart.length > 'pielęgnacja'.length);
  for (const q of [apart, apart.toUpperCase()]) assert.deepEqual(await ids(`q=${encodeURIComponent(q)}`), composed);
});

test('filters: or within a key, and between keys', async () => {
  const all = (await get(`${S}?on=${ON}&per_page=100`)).items;
  const having = (test) => all.filter(test).map((one) => one.id);
  const inArea = (one, ...wanted) => one.areas.some((area) => wanted.includes(area.id));
  assert.deepEqual(await ids('package=pomoc-plus'), having((one) => one.package.id === 'pomoc-plus'));
  assert.deepEqual(await ids('package=pomoc-plus&package=rodzina-plus'), all.map((one) => one.id));
  const [first, second] = [...new Set(all.flatMap((one) => one.areas.map((area) => area.id)))];
  assert.deepEqual(await ids(`area=${first}&area=${second}`), having((one) => inArea(one, first, second)));
  assert.deepEqual(await ids(`area=${first}&package=rodzina-plus`),
    having((one) => inArea(one, first) && one.package.id === 'rodzina-plus'));
  assert.deepEqual(await ids('group=children'), having((one) => one.groups.some((group) => group.id === 'children')));
  assert.deepEqual(await ids('place=home&q=okien'), ['window-cleaning']);
  assert.deepEqual(await ids('free=true'), having((one) => one.free));
  assert.deepEqual([...await ids('available=true'), ...await ids('available=false')].sort(), having(() => true).sort());
});

test('order: the Polish alphabet, prices, what is left; descending; nothing lost', async () => {
  const names = (await get(`${S}?on=${ON}&per_page=100&sort=name`)).items.map((one) => one.name);
  assert.deepEqual(names, [...names].sort(new Intl.Collator('pl').compare));
  const down = (await get(`${S}?on=${ON}&per_page=100&sort=-name`)).items.map((one) => one.name);
  assert.deepEqual(down, [...names].reverse());
  for (const [key, of] of [['price', (one) => one.price.grosze], ['left', (one) => one.pool?.left ?? Infinity],
    ['number', (one) => one.number]]) {
    const up = (await get(`${S}?on=${ON}&per_page=100&sort=${key}`)).items;
    assert.equal(up.length, 16);
    const values = up.map(of);
    assert.deepEqual(values, [...values].sort((a, b) => a - b), key);
  }
  const english = (await get(`${S}?on=${ON}&per_page=100&sort=name`, 'en')).items.map((one) => one.name);
  assert.deepEqual(english, [...english].sort(new Intl.Collator('en').compare));
});

test('pages hold everything once', async () => {
  for (const size of [1, 3, 5, 7, 16, 100]) {
    const seen = [];
    const first = await get(`${S}?on=${ON}&per_page=${size}`);
    assert.equal(first.total, 16);
    assert.equal(first.pages, Math.ceil(16 / size));
    for (let page = 1; page <= first.pages; page++) {
      const part = await get(`${S}?on=${ON}&per_page=${size}&page=${page}&sort=name`);
      assert.equal(part.page, page);
      assert.ok(part.items.length > 0 && part.items.length <= size);
      seen.push(...part.items.map((one) => one.id));
    }
    assert.equal(new Set(seen).size, 16);
    assert.deepEqual((await get(`${S}?on=${ON}&per_page=${size}&page=${first.pages + 1}`)).items, []);
  }
  assert.equal((await get(`${S}?on=${ON}`)).items.length, 16);
});

test('groups', async () => {
  for (const by of ['package', 'area', 'group', 'place']) {
    const answer = await get(`${S}?on=${ON}&group_by=${by}`);
    assert.equal(answer.items, undefined);
    assert.ok(answer.groups.length > 0);
    for (const group of answer.groups) {
      assert.equal(group.items.length, group.total);
      assert.deepEqual(group.items.map((one) => one.id), await ids(`${by}=${group.id}`), `${by} ${group.id}`);
    }
  }
});

test('questionnaires: what each service needs, what most need first', async () => {
  const whole = await get(`${P}/questionnaire`);
  assert.equal(whole.questions[0].id, 'commune');
  const counts = whole.questions.map((one) => one.services.length);
  assert.deepEqual(counts, [...counts].sort((a, b) => b - a));
  assert.ok(whole.questions.every((one) => one.question && one.services.length > 0));
  const one = await get(`${W}/questionnaire`);
  assert.ok(one.questions.some((question) => question.id === 'windows' && question.about === 'order'
    && question.min === 1 && question.max === 40));
  for (const question of one.questions) {
    assert.ok(whole.questions.find((other) => other.id === question.id).services.includes('window-cleaning'));
  }
});

test('the state of the plugins, health, readiness', async () => {
  const state = await get(`${P}/plugins`);
  assert.equal(state.state, 'good');
  assert.equal(state.files.length, 16);
  assert.ok(state.tests.passed > 16 && state.tests.failed === 0 && state.examples > 0);
  assert.equal(state.version, (await get(P)).version);
  assert.deepEqual(await get('/healthz'), { status: 'ok' });
  assert.equal((await get('/readyz')).status, 'ready');
});

test('HEAD, preflights, cross-origin reads', async () => {
  const head = await fetch(server.url + W, { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(await head.text(), '');
  assert.equal((await server.get(W)).headers.get('access-control-allow-origin'), '*');
  assert.equal((await server.get(`${S}?x=1`)).headers.get('access-control-allow-origin'), '*');
});

test('a demonstration moves today into the period, on the same weekday', async () => {
  const other = workspace(), demo = await serve(other, '--demo');
  try {
    const now = new Date(), answer = await demo.json(W), said = new Date(`${answer.on}T12:00:00Z`);
    if (now > new Date('2026-10-01')) {
      assert.equal(answer.demo_day, true);
      assert.equal(answer.in_force, true);
      assert.ok(answer.on <= '2026-09-30');
      const warsaw = new Date(now.toLocaleString('en-US', { timeZone: 'Europe/Warsaw' }));
      assert.equal(said.getUTCDay(), warsaw.getDay());
      assert.equal((await (await demo.post(`${W}/quote`, {})).json()).demo_day, true);
    }
    assert.equal((await demo.json(`${W}?on=${ON}`)).demo_day, undefined);
  } finally {
    await demo.stop();
    other.remove();
  }
});
