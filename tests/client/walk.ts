// A case from the public form to its settlement, by a client that knows nothing but the description: what it
// sends and reads is checked by the compiler.
import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { paths } from './described.js';

const [url, code, today, later, planned, pesel] = process.argv.slice(2) as [string, string, string, string, string, string];
const programme = 'koszalin' as const;
const PASSWORD = 'correct horse battery';
type Client = ReturnType<typeof createClient<paths>>;
const clientOf = (token?: string): Client => createClient<paths>({ baseUrl: url,
  headers: token ? { Authorization: `Bearer ${token}` } : {} });

/** What was answered, or the problem as an exception. */
async function told<T>(answer: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await answer;
  assert.ok(response.ok && data !== undefined, `${response.status} ${response.url}: ${JSON.stringify(error)}`);
  return data;
}

const path = { programme };
const of = (id: number) => ({ path: { programme, id } });
/** The parameters of a step: the row as whoever takes it has read it. */
const at = (id: number) => ({ path: { programme, id }, header: { 'If-Match': '*' } });

/** The same of a plan, whose version has to be the one that was read. */
const atPlan = async (client: Client, id: number) => {
  const { response } = await client.GET('/v1/{programme}/plans/{id}', { params: of(id) });
  const tag = response.headers.get('etag');
  assert.ok(tag);
  return { path: { programme, id }, header: { 'If-Match': tag } };
};

const nobody = clientOf();
await told(nobody.POST('/v1/{programme}/first',
  { params: { path }, body: { code, login: 'admin', name: 'Anna Pierwsza', password: PASSWORD } }));

async function signIn(login: string): Promise<Client> {
  const { token } = await told(nobody.POST('/v1/{programme}/session',
    { params: { path }, body: { login, password: PASSWORD, token: true } }));
  assert.ok(token);
  return clientOf(token);
}

const admin = await signIn('admin');
async function hire(role: 'kipus' | 'ous' | 'director' | 'provider', provider?: number): Promise<Client> {
  const { id } = await told(admin.POST('/v1/{programme}/accounts', { params: { path },
    body: { login: role, name: `Konto ${role}`, role, ...(provider === undefined ? {} : { provider }) } }));
  await told(admin.POST('/v1/{programme}/accounts/{id}/password', { params: of(id), body: { password: PASSWORD } }));
  return signIn(role);
}
const [kipus, ous, director] = [await hire('kipus'), await hire('ous'), await hire('director')];

// The form, and the person behind it.
const form = await told(nobody.POST('/v1/{programme}/intakes', { params: { path },
  body: { name: 'Maria Próbna', reach: '600 100 200', services: ['window-cleaning'], content: 'Okna' } }));
const found = await told(kipus.GET('/v1/{programme}/intakes', { params: { path, query: { state: 'received' } } }));
const intake = found.items[0];
assert.ok(intake && form.code);
const person = (await told(kipus.POST('/v1/{programme}/persons', { params: { path }, body: { given_name: 'Maria',
  family_name: 'Próbna', pesel, phone: '600 100 200', address: 'ul. Testowa 1/2', disability: 'none' } }))).id;
const facts: Record<string, string | boolean> = { commune: '3261011', household: 'alone', care_services: false,
  family_assistant: false, merit_status: 'none', foster_care: 'none' };
for (const [fact, value] of Object.entries(facts)) {
  await told(kipus.POST('/v1/{programme}/statements',
    { params: { path }, body: { person, fact, value, declared_on: today, proof: 'statement' } }));
}

// The application, what is decided, the plan.
const application = (await told(kipus.POST('/v1/{programme}/applications', { params: { path }, body: { person,
  applicant_role: 'self', channel: 'office', services: ['window-cleaning'], need: 'Okna', received_on: today } }))).id;
await told(kipus.POST('/v1/{programme}/intakes/{id}/take', { params: at(intake.id), body: { application } }));
await told(kipus.POST('/v1/{programme}/applications/{id}/submit', { params: at(application), body: {} }));
await told(kipus.POST('/v1/{programme}/applications/{id}/assess', { params: at(application), body: {} }));
const decision = (await told(kipus.POST('/v1/{programme}/decisions', { params: { path },
  body: { application, service: 'window-cleaning', order_facts: { windows: 4, windows_unsafe: false } } }))).id;
const decided = await told(kipus.GET('/v1/{programme}/decisions/{id}', { params: of(decision) }));
assert.equal(decided.outcome, 'yes');
const diagnosis = (await told(kipus.POST('/v1/{programme}/diagnoses',
  { params: { path }, body: { person, application, made_on: today, needs: 'Czyste okna' } }))).id;
await told(kipus.POST('/v1/{programme}/diagnoses/{id}/sign', { params: at(diagnosis), body: {} }));
await told(kipus.POST('/v1/{programme}/applications/{id}/qualify', { params: at(application), body: {} }));
const plan = (await told(kipus.POST('/v1/{programme}/plans', { params: { path },
  body: { application, diagnosis, begins: today, ends: later, effects: 'Samodzielność' } }))).id;
const provider = (await told(ous.POST('/v1/{programme}/providers', { params: { path },
  body: { name: 'Spółdzielnia', type: 'social-enterprise', since: today } }))).id;
await told(ous.POST('/v1/{programme}/offers',
  { params: { path }, body: { provider, service: 'window-cleaning', begins: today } }));
const granted = (await told(kipus.POST('/v1/{programme}/granted', { params: { path },
  body: { plan, decision, quantity: 20, begins: today, ends: later, provider, scope: 'Cztery okna' } }))).id;
await told(kipus.POST('/v1/{programme}/plans/{id}/agree', { params: await atPlan(kipus, plan), body: {} }));
await told(kipus.POST('/v1/{programme}/plans/{id}/sign', { params: await atPlan(kipus, plan), body: {} }));
await told(director.POST('/v1/{programme}/plans/{id}/approve', { params: await atPlan(director, plan), body: {} }));
await told(kipus.POST('/v1/{programme}/plans/{id}/activate', { params: await atPlan(kipus, plan), body: {} }));

// The order, by the provider, to the charge.
const worker = await hire('provider', provider);
const order = (await told(kipus.POST('/v1/{programme}/orders', {
  params: { path, header: { 'Idempotency-Key': 'order-1' } },
  body: { granted, provider, planned_on: planned, quantity: 4, order_facts: { windows: 4, windows_unsafe: false } } }))).id;
await told(worker.POST('/v1/{programme}/orders/{id}/accept', { params: at(order), body: {} }));
await told(worker.POST('/v1/{programme}/orders/{id}/finish', { params: at(order), body: { delivered: 4 } }));
await told(kipus.POST('/v1/{programme}/orders/{id}/confirm', { params: at(order), body: {} }));
await told(ous.POST('/v1/{programme}/orders/{id}/settle', { params: at(order), body: {} }));
const charges = await told(ous.GET('/v1/{programme}/charges', { params: { path, query: { ordered: order } } }));
const fee = charges.items[0]?.fee;
assert.ok(fee);
const missing = await kipus.POST('/v1/{programme}/persons/find', { params: { path }, body: { name: 'Nikt' } });
assert.deepEqual(missing.data?.items, []);
const refused = await kipus.GET('/v1/{programme}/orders/{id}', { params: of(999) });
assert.equal(refused.error?.status, 404);
console.log(JSON.stringify({ settled: order, grosze: fee.grosze }));
