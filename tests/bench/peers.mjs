// What the peers answer with: the texts of Okienko's own answers, and the check that they decide alike.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from './servers.mjs';

const QUOTE = '/v1/koszalin/services/window-cleaning/quote';
const day = '2024-03-01';
const person = {
  commune: '3261011', dependent: true, disability: 'moderate', birth_date: '1946-02-11', household: 'alone',
  care_services: false, family_assistant: false, merit_status: 'none', foster_care: 'none',
};

/** What is asked, from a complete case to an empty one. The first is the one that is measured. */
export const bodies = {
  complete: { on: day, facts: person, order: { windows: 4, windows_unsafe: false } },
  refused: { on: day, facts: { ...person, commune: 'other' }, order: { windows: 22, windows_unsafe: true } },
  exempt: { on: day, facts: { ...person, birth_date: '1930-05-02', merit_status: 'combatant' },
    order: { windows: 1, windows_unsafe: false } },
  pesel: { on: day, facts: { commune: '3261011', pesel: '44051401458', household: 'alone', dependent: false,
    disability: 'none' }, order: { windows: 4, windows_unsafe: false } },
  open: { on: day, facts: { dependent: false, household: 'alone', disability: 'none' }, order: {} },
  half: { on: day, facts: { commune: '3261011', dependent: null, care_services: false }, order: { windows: 40 } },
  empty: { on: day },
};

export const quotePath = QUOTE;

async function json(url, body) {
  const response = await fetch(url, body === undefined ? {} : { method: 'POST',
    headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  assert.equal(response.status, 200, `${url} answers ${response.status}`);
  return response.json();
}

/** Writes what both peers read at their start; resolves to the file's name. */
export async function writeTexts(okienko) {
  const [empty, asked, programme] = await Promise.all([json(okienko.url + QUOTE, bodies.empty),
    json(`${okienko.url}/v1/koszalin/questionnaire`), json(`${okienko.url}/v1/koszalin`)]);
  const facts = { pesel: { type: 'pesel', about: 'person' } };
  for (const { id, type, about, values, min, max } of asked.questions) {
    if (about === 'person' || id.startsWith('windows')) {
      facts[id] = { type, about, values: values?.map((value) => value.id), min, max };
    }
  }
  const { programme: of, service, name, number, version, revision } = empty;
  const file = join(scratch, 'texts.json');
  writeFileSync(file, JSON.stringify({
    facts,
    head: { programme: of, service, name, number, version, revision },
    checks: empty.checks.map(({ answer, decisive, ...check }) => check),
    questions: Object.fromEntries(empty.missing.map(({ for: wanted, ...question }) => [question.id, question])),
    reliefs: programme.reliefs.map(({ id, text, basis, example, percent }) => ({ id, text, basis, example, percent })),
    fee_basis: empty.fee.basis, limits: empty.limits, documents: empty.documents,
  }));
  return file;
}

/** Every peer decides every body as Okienko does, or this throws. Returns how many it compared. */
export async function verify(okienko, peers) {
  const brief = ({ outcome, outcome_text, checks, missing, fee }) => ({ outcome, outcome_text, checks, missing, fee });
  let compared = 0;
  for (const [name, body] of Object.entries(bodies)) {
    const expected = brief(await json(okienko.url + QUOTE, body));
    for (const [peer, url] of Object.entries(peers)) {
      assert.deepEqual(brief(await json(url, body)), expected, `${peer} decides otherwise: ${name}`);
      compared++;
    }
  }
  return compared;
}
