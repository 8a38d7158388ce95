// What the programme of the year says, as somebody would note it down who had read the resolution: money in grosze,
// percentages in whole points, rows by their first day. The rules of the server are made to say the same.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';

export const FIRST = '2025-03-03', LAST = '2026-02-27';

export const PROGRAMME = {
  share: [['2023-10-01', 20], ['2025-10-01', 25]],
  exemptAge: 90,
  reliefs: { 'care-services': ['care_services', 100], 'family-assistant': ['family_assistant', 50] },
  services: {
    sills: { price: [['2023-10-01', 2500], ['2025-07-01', 3333]], pool: 4000, per: 'year' },
    panes: { price: [['2023-10-01', 1999], ['2025-07-01', 2345]], pool: 900, per: 'quarter', month: 8 },
  },
};

const zloty = (grosze) => `${Math.floor(grosze / 100)}.${String(grosze % 100).padStart(2, '0')}`;
const rows = (list, value) => list.map(([from, number]) => `{ from = "${from}", value = ${value(number)}, basis = "example" }`).join(', ');

function replaced(file, ...pairs) {
  const text = pairs.reduce((made, [from, to]) => {
    const next = made.replace(from, to);
    assert.notEqual(next, made, `${file}: ${from}`);
    return next;
  }, readFileSync(file, 'utf8'));
  writeFileSync(file, text);
}

const SPEC = (service) => `local order = { windows = 4, windows_unsafe = false }
local well = { commune = "3261011", birth_date = "1960-05-10", household = "other", dependent = true, disability = "none",
  care_services = false, family_assistant = false, merit_status = "none", foster_care = "none" }
return tests {
  { "a dependent resident pays a share", on = "2024-03-01", facts = well, order = order,
    expect = { eligible = "yes", fee = pln "${zloty(Math.round(service.price[0][1] * 4 / 5))}" } },
  { "somebody from elsewhere is not eligible", on = "2024-03-01", facts = { commune = "other" }, order = order,
    expect = { eligible = "no", because = "resident" } },
}
`;

/** Koszalin's folder, with these services alone and these numbers. */
export function prepare(plugins) {
  const town = join(plugins, 'koszalin'), folder = join(town, 'services');
  const text = readFileSync(join(folder, 'window-cleaning.lua'), 'utf8');
  for (const file of readdirSync(folder)) rmSync(join(folder, file));
  rmSync(join(town, 'catalogue'), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  Object.entries(PROGRAMME.services).forEach(([id, service], at) => {
    const file = join(folder, `${id}.lua`);
    writeFileSync(file, text);
    replaced(file, ['id = "window-cleaning"', `id = "${id}"`], ['number = 5', `number = ${at + 1}`],
      ['{ from = "2023-10-01", value = pln "25.00", basis = "example" }', rows(service.price, (of) => `pln "${zloty(of)}"`)],
      ['value = 944, per = "year"', `value = ${service.pool}, per = "${service.per}"`],
      ['days = "mon-fri"', 'days = "mon-sun"'],
      [/ {4}limits {2}=[\s\S]*?basis = "example" } },\n/, service.month
        ? `    limits = { { from = "2023-10-01", value = { { units = ${service.month}, per = "month" } }, basis = "example" } },\n` : '']);
    writeFileSync(join(folder, `${id}.spec.lua`), SPEC(service));
  });
  replaced(join(town, 'programme.lua'),
    [/share {6}= \{ \{[^}]*\} \}/, `share      = { ${rows(PROGRAMME.share, String)} }`],
    ['id = "family-assistant", percent = 100', 'id = "family-assistant", percent = 50'],
    ['price_at = { when = "settlement"', 'price_at = { when = "granting"']);
}
