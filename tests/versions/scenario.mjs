// What clients of every role ask of a server, from the public form to a paid charge: the same requests of each
// version, so that their answers can be laid side by side.
import { BASE, FACTS, PASSWORD, day, pesel, weekday } from '../office/office.mjs';

const ON = '2024-03-01';
const READS = ['/v1/programmes', '/v1/services?q=okna', `${BASE}?on=${ON}`, `${BASE}/services?on=${ON}&per_page=3`,
  `${BASE}/services?on=${ON}&group_by=area&per_page=2`, `${BASE}/services/window-cleaning?on=${ON}`,
  `${BASE}/services/window-cleaning/availability?on=${ON}`, `${BASE}/availability?on=${ON}`,
  `${BASE}/services/window-cleaning/questionnaire?on=${ON}`, `${BASE}/questionnaire?on=${ON}`,
  `${BASE}/external-services?per_page=2`, `${BASE}/activities?per_page=2`, `${BASE}/partners?per_page=2`, `${BASE}/bundles?per_page=2`,
  `${BASE}/partners/red-cross`, `${BASE}/search?q=okna`, `${BASE}/plugins`, '/healthz', '/readyz', `${BASE}?on=2030-01-01`,
  `${BASE}/services?nonsense=1`, `${BASE}/services/none`, '/v1/none'];

/** Asks everything in order; `say(who, method, path, status, body)` is given each answer. */
export async function everything(server, code, say) {
  const tokens = {};
  const ask = async (who, method, path, body, headers = {}) => {
    const answer = await fetch(server.url + path, { method,
      headers: { ...(tokens[who] ? { Authorization: `Bearer ${tokens[who]}` } : {}),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body) });
    const text = await answer.text();
    const json = /json/.test(answer.headers.get('content-type') ?? '') && text ? JSON.parse(text) : text;
    say(who, method, path, answer.status, json);
    return { body: json, etag: answer.headers.get('etag') };
  };
  const get = (who, path) => ask(who, 'GET', BASE + path);
  const make = async (who, path, body) => (await ask(who, 'POST', BASE + path, body)).body.id;
  const step = async (who, path, name, body = {}) => {
    const { etag } = await get(who, path);
    await ask(who, 'POST', `${BASE}${path}/${name}`, body, { 'If-Match': etag ?? '*' });
  };
  const signIn = async (login) => {
    tokens[login] = (await ask('nobody', 'POST', `${BASE}/session`, { login, password: PASSWORD, token: true })).body.token;
  };
  const hire = async (role, more = {}) => {
    const id = await make('admin', '/accounts', { login: role, name: `Konto ${role}`, role, ...more });
    await ask('admin', 'POST', `${BASE}/accounts/${id}/password`, { password: PASSWORD });
    await signIn(role);
  };

  for (const path of READS) await ask('nobody', 'GET', path);
  const order_facts = { windows: 4, windows_unsafe: false };
  const facts = { commune: FACTS.commune, birth_date: '1941-05-17' };
  await ask('nobody', 'POST', `${BASE}/services/window-cleaning/quote`, { on: ON, facts: { ...FACTS, ...facts }, order: order_facts });
  await ask('nobody', 'POST', `${BASE}/quote`, { on: ON, facts });
  await ask('nobody', 'POST', `${BASE}/quote`, { facts: { nonsense: 1 } });

  await ask('nobody', 'POST', `${BASE}/first`, { code, login: 'admin', name: 'Anna Pierwsza', password: PASSWORD });
  await signIn('admin');
  for (const role of ['kipus', 'ous', 'director', 'iod']) await hire(role);
  await ask('admin', 'POST', `${BASE}/tokens`, { name: 'program', scopes: 'order.read', expires: day(30) });
  await ask('nobody', 'POST', `${BASE}/intakes`, { name: 'Maria Próbna', reach: '600 100 200', content: 'Okna' });
  await get('kipus', '/intakes');
  const person = await make('kipus', '/persons', { given_name: 'Maria', family_name: 'Próbna', pesel: pesel('1941-05-17'),
    phone: '600 100 200', address: 'ul. Testowa 1/2', sex: 'woman', disability: 'none' });
  for (const [fact, value] of Object.entries(FACTS)) {
    await make('kipus', '/statements', { person, fact, value, declared_on: day(), proof: 'statement' });
  }
  const application = await make('kipus', '/applications', { person, applicant_role: 'self', channel: 'office',
    services: ['window-cleaning'], need: 'Okna', received_on: day() });
  await step('kipus', `/applications/${application}`, 'submit');
  await step('kipus', `/applications/${application}`, 'assess');
  await step('kipus', '/intakes/1', 'take', { application });
  const decision = await make('kipus', '/decisions', { application, service: 'window-cleaning', order_facts });
  await get('kipus', `/decisions/${decision}`);
  const diagnosis = await make('kipus', '/diagnoses', { person, application, made_on: day(), needs: 'Czyste okna' });
  await step('kipus', `/diagnoses/${diagnosis}`, 'sign');
  await step('kipus', `/applications/${application}`, 'qualify');
  const plan = await make('kipus', '/plans', { application, diagnosis, begins: day(), ends: day(300), effects: 'Samodzielność' });
  const provider = await make('ous', '/providers', { name: 'Spółdzielnia', type: 'social-enterprise', since: day() });
  await make('ous', '/offers', { provider, service: 'window-cleaning', begins: day() });
  const granted = await make('kipus', '/granted', { plan, decision, quantity: 20, begins: day(), ends: day(300), provider,
    scope: 'Cztery okna od ulicy' });
  await step('kipus', `/plans/${plan}`, 'agree');
  await step('kipus', `/plans/${plan}`, 'sign');
  await step('director', `/plans/${plan}`, 'approve');
  await step('kipus', `/plans/${plan}`, 'activate');
  await get('kipus', `/granted/${granted}`);
  await hire('provider', { provider });
  const order = await make('kipus', '/orders', { granted, provider, planned_on: weekday(), quantity: 4, order_facts });
  await get('provider', `/orders/${order}`);
  await get('provider', '/orders');
  await step('provider', `/orders/${order}`, 'accept');
  await step('provider', `/orders/${order}`, 'finish', { delivered: 4 });
  await step('kipus', `/orders/${order}`, 'confirm');
  await step('ous', `/orders/${order}`, 'settle');
  await make('ous', '/payments', { charge: 1, on_day: day(), amount: '20.00', method: 'cash' });
  for (const path of ['/charges/1', '/charges', '/orders?state=settled', '/payments', '/deliveries', '/providers']) await get('ous', path);
  await make('kipus', '/notes', { person, about: 'health', on_day: day(), content: 'Tylko dla prowadzących' });
  for (const path of ['/notes', '/my-day', '/plans', '/persons', `/persons/${person}`, '/statements', '/applications', '/session']) {
    await get('kipus', path);
  }
  await ask('kipus', 'POST', `${BASE}/persons/find`, { name: 'Pró' });
  await get('nobody', '/changes');
  await get('nobody', '/permissions');
  await get('nobody', '/orders');
  for (const path of ['/reports', '/reports/services', '/reports/programme']) await get('director', path);
  for (const path of [`/persons/${person}/export`, '/journal?limit=3', '/persons/due']) await get('iod', path);
  await get('admin', '/accounts');
  await get('provider', `/persons/${person}`);
}
