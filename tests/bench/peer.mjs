// A peer in Node: GET answers the bytes of a file, POST decides window cleaning by a rule in JavaScript.
// peer.mjs PORT BODY TEXTS
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';

const [port, bodyFile, textsFile] = process.argv.slice(2);
const body = readFileSync(bodyFile);
const texts = JSON.parse(readFileSync(textsFile, 'utf8'));

const NO = 'no', YES = 'yes', UNKNOWN = 'unknown';
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];
const CENTURIES = [1900, 2000, 2100, 2200, 1800];
const STATUSES = ['combatant', 'veterans-corps', 'repression-victim', 'forced-labour', 'opposition-activist',
  'political-repression'];
const RELIEF_FACTS = ['care_services', 'family_assistant', 'birth_date', ...STATUSES.map(() => 'merit_status'),
  'foster_care', 'foster_care'];

/** "2024-03-01" as 20240301; undefined when there is no such day. */
function dateOf(text) {
  const parts = typeof text === 'string' ? /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) : null;
  if (!parts) return undefined;
  const [y, m, d] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const leap = m === 2 && y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);
  if (m < 1 || m > 12 || d < 1 || d > (leap ? 29 : MONTHS[m - 1]) || y < 1900 || y > 2299) return undefined;
  return y * 10000 + m * 100 + d;
}

function peselBirth(text) {
  if (typeof text !== 'string' || !/^\d{11}$/.test(text)) return undefined;
  let sum = 0;
  for (let i = 0; i < 11; i++) sum += (text.charCodeAt(i) - 48) * WEIGHTS[i];
  if (sum % 10 !== 0) return undefined;
  const month = Number(text.slice(2, 4));
  const year = CENTURIES[Math.floor(month / 20)] + Number(text.slice(0, 2));
  return dateOf(`${year}-${String(month % 20).padStart(2, '0')}-${text.slice(4, 6)}`);
}

function valid(fact, value) {
  switch (fact.type) {
    case 'boolean': return typeof value === 'boolean';
    case 'choice': return fact.values.includes(value);
    case 'integer': return Number.isInteger(value) && value >= fact.min && value <= fact.max;
    case 'date': return dateOf(value) !== undefined;
    default: return peselBirth(value) !== undefined;
  }
}

function takeGroup(group, about) {
  const clean = {};
  for (const [name, value] of Object.entries(group ?? {})) {
    const fact = texts.facts[name];
    if (!fact || fact.about !== about || (value !== null && !valid(fact, value))) throw new Error(name);
    if (value !== null) clean[name] = value;
  }
  return clean;
}

function read(text) {
  const asked = JSON.parse(text);
  for (const name of Object.keys(asked)) if (!['facts', 'order', 'on'].includes(name)) throw new Error(name);
  const facts = takeGroup(asked.facts, 'person'), order = takeGroup(asked.order, 'order');
  const on = dateOf(asked.on);
  if (!on) throw new Error('on');
  let birth = dateOf(facts.birth_date);
  if (facts.pesel) {
    const told = peselBirth(facts.pesel);
    if (birth && birth !== told) throw new Error('birth_date');
    birth = told;
  }
  if (birth > on) throw new Error('birth_date');
  const age = birth === undefined ? undefined : Math.floor((on - birth) / 10000);
  return { facts, order, day: asked.on, age };
}

const truth = (value) => (value === undefined ? UNKNOWN : value ? YES : NO);
const known = (value, holds) => (value === undefined ? UNKNOWN : holds ? YES : NO);
const equals = (value, wanted) => known(value, value === wanted);
const all = (...a) => (a.includes(NO) ? NO : a.includes(UNKNOWN) ? UNKNOWN : YES);
const any = (...a) => (a.includes(YES) ? YES : a.includes(UNKNOWN) ? UNKNOWN : NO);
const negate = (a) => (a === UNKNOWN ? a : a === YES ? NO : YES);

/** At most 1000 zł here: without a gap between thousands. */
function money(grosze) {
  return { grosze, text: `${Math.floor(grosze / 100)},${String(grosze % 100).padStart(2, '0')}\u00a0zł` };
}

function form(count) {
  if (count === 1) return 'okno';
  const last = count % 10, two = count % 100;
  return last >= 2 && last <= 4 && (two < 12 || two > 14) ? 'okna' : 'okien';
}

function feeOf({ facts, order, age }, ask, outcome) {
  const windows = order.windows ?? 1, value = windows * 2500, before = Math.round((value * 20) / 100);
  const answers = [truth(facts.care_services), truth(facts.family_assistant), known(age, age >= 90),
    ...STATUSES.map((status) => equals(facts.merit_status, status)),
    equals(facts.foster_care, 'in-care'), equals(facts.foster_care, 'leaver')];
  const relief = texts.reliefs[answers.indexOf(YES)] ?? null;
  const open = answers.includes(UNKNOWN);
  const least = relief || open ? 0 : before, most = relief ? 0 : before;
  if (outcome !== NO && !relief) {
    if (least !== most) answers.forEach((answer, i) => { if (answer === UNKNOWN) ask(RELIEF_FACTS[i], 'fee'); });
    if (order.windows === undefined) ask('windows', 'fee');
  }
  const sure = least === most;
  return {
    state: sure ? 'known' : 'depends', amount: sure ? money(most) : null, least: money(least), most: money(most),
    before_relief: sure ? money(before) : null, quantity: windows, quantity_assumed: order.windows === undefined,
    quantity_text: `${windows}\u00a0${form(windows)}`, price: money(2500), value: money(value), share_percent: 20,
    relief, basis: texts.fee_basis, example: true,
  };
}

function askOutcome(c, need, { facts, age }, ask) {
  const [resident, dependent, severe, oldAlone, unsafe] = c;
  const open = [dependent, severe, oldAlone].filter((answer) => answer === UNKNOWN).length;
  if (resident === UNKNOWN) ask('commune', 'outcome');
  if (unsafe === UNKNOWN && open > 1 && need === UNKNOWN) ask('windows_unsafe', 'outcome');
  if (need === UNKNOWN) {
    if (dependent === UNKNOWN) ask('dependent', 'outcome');
    if (severe === UNKNOWN) ask('disability', 'outcome');
    if (oldAlone === UNKNOWN && age === undefined) ask('birth_date', 'outcome');
    if (oldAlone === UNKNOWN && facts.household === undefined) ask('household', 'outcome');
  }
  if (unsafe === UNKNOWN) ask('windows_unsafe', 'outcome');
}

function decisiveOf(c, outcome, need) {
  const ofAll = (answer) => (outcome === UNKNOWN ? answer === UNKNOWN : outcome === YES || answer === NO);
  const ofNeed = (answer) => {
    if (outcome === UNKNOWN) return need === UNKNOWN && answer === UNKNOWN;
    return !(outcome === NO && need !== NO) && (need === NO || answer === YES);
  };
  return [ofAll(c[0]), ofNeed(c[1]), ofNeed(c[2]), ofNeed(c[3]), ofAll(negate(c[4]))];
}

function outcomeText(c, outcome, decisive) {
  if (outcome === YES) return 'Tak, ta usługa przysługuje.';
  if (outcome === UNKNOWN) return 'Jeszcze nie wiadomo: trzeba odpowiedzieć na pytania.';
  const unmet = texts.checks.filter((_, i) => i < 4 && decisive[i] && c[i] === NO).map((check) => check.text);
  return `Nie, ta usługa nie przysługuje.${unmet.length ? ` Niespełnione: ${unmet.join('; ')}.` : ''}${
    decisive[4] && c[4] === YES ? ` Przeszkoda: ${texts.checks[4].text}.` : ''}`;
}

function decide(of) {
  const { facts, order, day, age } = of;
  const c = [equals(facts.commune, '3261011'), truth(facts.dependent), equals(facts.disability, 'severe'),
    all(known(age, age >= 75), known(facts.household, facts.household === 'alone' || facts.household === 'with-over-75')),
    truth(order.windows_unsafe)];
  const need = any(c[1], c[2], c[3]), outcome = all(c[0], need, negate(c[4]));
  const decisive = decisiveOf(c, outcome, need);
  const missing = [], asked = new Set();
  const ask = (fact, wanted) => {
    if (!asked.has(fact)) {
      asked.add(fact);
      missing.push({ ...texts.questions[fact], for: wanted });
    }
  };
  if (outcome === UNKNOWN) askOutcome(c, need, of, ask);
  const fee = feeOf(of, ask, outcome);
  return { ...texts.head, on: day, in_force: true, outcome, outcome_text: outcomeText(c, outcome, decisive),
    checks: texts.checks.map((check, i) => ({ ...check, answer: c[i], decisive: decisive[i] })), missing, fee,
    limits: texts.limits, documents: texts.documents, example: true };
}

createServer({ keepAliveTimeout: 60000 }, (request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
    response.end(body);
    return;
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    let status = 200, answer;
    try {
      answer = decide(read(Buffer.concat(chunks).toString()));
    } catch (error) {
      status = 422;
      answer = { type: 'bad-facts', field: error.message };
    }
    const text = Buffer.from(JSON.stringify(answer));
    response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': text.length });
    response.end(text);
  });
}).listen(Number(port), '127.0.0.1');
