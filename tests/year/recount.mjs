// Recounts a year from the file of the record by SQL and arithmetic alone: what each service cost, what was put right,
// paid, paid back and waived, what pools hold, whether limits held, what reports say. Gives what differs.
import { execFileSync } from 'node:child_process';
import { PROGRAMME } from './rules.mjs';

export function rowsOf(file, text) {
  const out = execFileSync('sqlite3', ['-readonly', '-json', file], { input: text, encoding: 'utf8', maxBuffer: 1 << 28 });
  return out.trim() ? JSON.parse(out) : [];
}

const on = (rows, day) => rows.filter(([from]) => from <= day).at(-1)[1];
/** Half a grosz counts up. */
const divided = (number, by) => Math.floor((2 * number + by) / (2 * by));
const sum = (list, of) => list.reduce((all, one) => all + of(one), 0);

/** The day on which somebody turns so old. */
const birthday = (born, age) => `${Number(born.slice(0, 4)) + age}${born.slice(4)}`;

function declared(person, fact, day) {
  return person.said.filter((one) => one.fact === fact && one.from <= day).sort((a, b) => (a.from < b.from ? -1 : 1)).at(-1)?.value;
}

/** The largest relief: the first of equal ones. */
function reliefOf(person, day) {
  let best = ['', 0];
  for (const [id, [fact, percent]] of Object.entries(PROGRAMME.reliefs)) {
    if (declared(person, fact, day) === true && percent > best[1]) best = [id, percent];
  }
  return birthday(person.born, PROGRAMME.exemptAge) <= day && best[1] < 100 ? ['age-90', 100] : best;
}

/** What units of a service cost a person on a day, by the price of the day it was granted on. */
export function cost(person, service, units, day, granted) {
  const price = on(PROGRAMME.services[service].price, granted);
  const value = divided(price * units, 1000);
  const before = divided(value * on(PROGRAMME.share, day), 100);
  const [relief, percent] = reliefOf(person, day);
  return { price, value, before_relief: before, relief, fee: divided(before * (100 - percent), 100) };
}

function state(row, corrected, paid, waived) {
  if (row.state === 'cancelled') return 'cancelled';
  const owed = row.fee + corrected, left = paid - Math.max(owed - waived, 0);
  if (left !== 0) return left < 0 ? 'due' : 'overpaid';
  if (owed === 0) return 'exempt';
  return paid < owed ? 'waived' : 'paid';
}

/** Charges: each number of each row. */
function charges(file, ledger, differ) {
  const rows = rowsOf(file, `SELECT c.*, o.delivered, o.done_on, o.planned_on, g.granted_on, o.state AS ordered_state,
    (SELECT coalesce(sum(amount), 0) FROM corrections WHERE charge = c.id) AS put_right,
    (SELECT coalesce(sum(amount), 0) FROM payments WHERE charge = c.id AND undone_on IS NULL) AS all_paid,
    (SELECT coalesce(sum(amount), 0) FROM refunds WHERE charge = c.id AND undone_on IS NULL) AS all_back,
    (SELECT coalesce(sum(amount), 0) FROM waivers WHERE charge = c.id AND undone_on IS NULL) AS all_waived
    FROM charges c JOIN orders o ON o.id = c.ordered JOIN granted g ON g.id = o.granted`);
  const corrections = rowsOf(file, 'SELECT charge, id, amount, units FROM corrections ORDER BY id');
  for (const row of rows) {
    const person = ledger.people.get(row.person), first = ledger.settled.get(row.id);
    const of = (units) => cost(person, row.service, units, row.done_on, row.granted_on);
    /* The fee is what it was; units put right later bring a line that changes it, and their own value. */
    const right = { ...of(first), value: of(row.delivered).value };
    for (const [name, value] of Object.entries(right)) {
      if ((row[name] ?? '') !== value) differ(`charge ${row.id} ${name}: ${row[name]}, not ${value}`);
    }
    let units = first;
    for (const line of corrections.filter((one) => one.charge === row.id && one.units !== null)) {
      const amount = of(line.units).fee - of(units).fee;
      if (line.amount !== amount) differ(`correction ${line.id} amount: ${line.amount}, not ${amount}`);
      units = line.units;
    }
    if (row.delivered !== units) differ(`charge ${row.id}: ${row.delivered} delivered, not ${units}`);
    const sums = { on_day: row.done_on, units, corrected: row.put_right, paid: row.all_paid, refunded: row.all_back,
      waived: row.all_waived, state: state(row, row.put_right, row.all_paid - row.all_back, row.all_waived) };
    for (const [name, value] of Object.entries(sums)) {
      if (row[name] !== value) differ(`charge ${row.id} ${name}: ${row[name]}, not ${value}`);
    }
  }
  const [{ lacking }] = rowsOf(file, `SELECT count(*) AS lacking FROM orders o WHERE state = 'settled' AND done_on IS NOT NULL
    AND delivered > 0 AND NOT EXISTS (SELECT 1 FROM charges WHERE ordered = o.id)`);
  if (lacking) differ(`${lacking} settled orders without a charge`);
  return rows;
}

const month = (day) => day.slice(0, 7);
const periodOf = { year: (day) => day.slice(0, 4), quarter: (day) => `${day.slice(0, 4)} ${Math.floor((Number(day.slice(5, 7)) - 1) / 3)}`, month };

/** What orders use: what was delivered, or what was ordered while it is not done; what was missed counts whole. */
function used(file) {
  return rowsOf(file, `SELECT id, person, granted, service, planned_on, quantity, counts,
    CASE WHEN counts = 0 THEN 0 WHEN delivered IS NOT NULL AND no_show IS NOT 1 THEN delivered ELSE quantity END AS units
    FROM orders ORDER BY planned_on, id`);
}

/** What a grant holds of each period: by its days, the largest remainders getting the odd units, the earlier of equal ones. */
function shares(grant, per) {
  const days = new Map();
  for (let day = Date.parse(grant.begins); day <= Date.parse(grant.ends); day += 86400000) {
    const name = periodOf[per](new Date(day).toISOString().slice(0, 10));
    days.set(name, (days.get(name) ?? 0) + 1);
  }
  const unit = grant.quantity % 1000 === 0 ? 1000 : 1, whole = grant.quantity / unit;
  const all = sum([...days.values()], (of) => of);
  const parts = [...days].map(([name, of], at) => ({ name, at, units: Math.floor(whole * of / all), rest: whole * of % all }));
  const odd = whole - sum(parts, (part) => part.units);
  [...parts].sort((a, b) => b.rest - a.rest || a.at - b.at).slice(0, odd).forEach((part) => { part.units++; });
  return new Map(parts.map((part) => [part.name, part.units * unit]));
}

/** What a grant holds of each period after its orders: more than it holds of one is exchanged for what is unused of the
 * others, the earliest first. Once it has ended it holds what was used. */
function held(grant, orders, per) {
  const mine = orders.filter((one) => one.granted === grant.id), of = new Map(), has = shares(grant, per);
  for (const one of mine) {
    const name = periodOf[per](one.planned_on), before = of.get(name) ?? 0;
    let lacking = before + one.quantity * one.counts - (has.get(name) ?? 0);
    has.set(name, (has.get(name) ?? 0) + Math.max(lacking, 0));
    for (const [other, units] of has) {
      const given = other === name ? 0 : Math.max(Math.min(lacking, units - (of.get(other) ?? 0)), 0);
      has.set(other, has.get(other) - given);
      lacking -= given;
    }
    of.set(name, before + one.units);
  }
  return { has: grant.state === 'granted' ? has : of, used: sum(mine, (one) => one.units) };
}

/** Pools: what each period holds of all grants, and what each grant has used. */
function pools(file, differ) {
  const orders = used(file), all = new Map();
  for (const grant of rowsOf(file, 'SELECT * FROM granted WHERE state IN (\'granted\', \'ended\')')) {
    const of = held(grant, orders, PROGRAMME.services[grant.service].per);
    for (const [name, units] of of.has) all.set(`${grant.service} ${name}`, (all.get(`${grant.service} ${name}`) ?? 0) + units);
    if (grant.ordered !== of.used) differ(`granted ${grant.id} ordered: ${grant.ordered}, not ${of.used}`);
    if (of.used > grant.quantity) differ(`granted ${grant.id}: ${of.used} used`);
  }
  const rows = rowsOf(file, 'SELECT * FROM pools');
  for (const row of rows) {
    const { per, pool } = PROGRAMME.services[row.service], name = `${row.service} ${periodOf[per](row.begins)}`;
    const right = all.get(name) ?? 0;
    all.delete(name);
    if (row.taken !== right) differ(`pool ${name}: ${row.taken}, not ${right}`);
    if (row.over !== 0 || row.taken > pool * 1000) differ(`pool ${name}: more is taken than there is`);
  }
  for (const [name, units] of all) if (units) differ(`pool ${name}: nothing, not ${units}`);
  return rows.length;
}

/** Limits: nobody has used more units in a month than the limit says. */
function limits(file, differ) {
  const found = new Map();
  for (const one of used(file)) {
    const key = `${one.person} ${one.service} ${month(one.planned_on)}`;
    found.set(key, (found.get(key) ?? 0) + one.units);
  }
  for (const [key, units] of found) {
    const most = PROGRAMME.services[key.split(' ')[1]].month;
    if (most && units > most * 1000) differ(`limit of ${key}: ${units}`);
  }
  return found.size;
}

/** All of a record; { differences, counted }. */
export function recount(file, ledger) {
  const differences = [], differ = (text) => differences.push(text);
  const rows = charges(file, ledger, differ);
  return { differences, rows, counted: { charges: rows.length, pools: pools(file, differ), limits: limits(file, differ) } };
}

/** The report on money, by service and month, and of services, as they must be. */
export function reports(file, ledger) {
  const money = new Map(), services = new Map();
  const add = (table, key, numbers) => {
    const row = table.get(key) ?? {};
    for (const [name, number] of Object.entries(numbers)) row[name] = (row[name] ?? 0) + number;
    table.set(key, row);
  };
  for (const row of recount(file, ledger).rows) {
    const of = (units) => cost(ledger.people.get(row.person), row.service, units, row.done_on, row.granted_on);
    const right = { ...of(ledger.settled.get(row.id)), value: of(row.delivered).value };
    add(money, `${row.service} ${month(row.done_on)}`, { charges: 1, units: row.units / 1000, value: right.value,
      before_relief: right.before_relief, relief: right.before_relief - right.fee, relieved: Number(right.relief !== ''),
      fee: right.fee, corrected: row.put_right, paid: row.all_paid, refunded: row.all_back, waived: row.all_waived,
      outstanding: right.fee + row.put_right - row.all_waived - row.all_paid + row.all_back });
  }
  for (const one of used(file)) add(services, one.service, { ordered: one.units / 1000 });
  for (const one of rowsOf(file, 'SELECT service, delivered FROM orders WHERE done_on IS NOT NULL')) {
    add(services, one.service, { done: 1, delivered: one.delivered / 1000 });
  }
  for (const one of rowsOf(file, 'SELECT service, quantity FROM granted WHERE state = \'granted\'')) {
    add(services, one.service, { granted: one.quantity / 1000, persons_granted: 1 });
  }
  for (const one of rowsOf(file, 'SELECT service, count(DISTINCT person) AS persons FROM orders WHERE done_on IS NOT NULL GROUP BY service')) {
    add(services, one.service, { persons: one.persons, waiting: 0, refused: 0 });
  }
  return { money, services };
}
