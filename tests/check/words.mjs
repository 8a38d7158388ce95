// The core knows no town, no service and no fact of any programme, and no age: those are plugins'.
// The words looked for are read off plugins/: its folders, its services, the facts it declares.
import { bareC, check, C_OF_CORE, matches } from './tree.mjs';

// Wherever they stand, as these programmes may be elsewhere tomorrow.
const FIXED = ['koszalin', 'starachowice', 'goleni[oó]w', 'laundry', 'hairdress'];
const LETTERS = 5; // shorter words mean too many things

// Names in plugins/ that mean something else in core/, and what.
const GENERIC = new Map([
  ['commune', 'a kind of place'],
  ['hours', 'opening hours, and units of time'],
  ['household', 'whom a limit counts'],
  ['order', 'what is asked of a service'],
  ['pesel', 'a type of fact'],
]);

// What the record keeps of a person is the core's own word, also where a programme asks for the same.
const FIELD = /^FIELD\(\w+, \w+, (\w+)/gm;

// A fact says its type; the choices it offers have ids as well, but are mere words.
const DECLARED = /^ {0,2}(\w+) *= *\{\s*type *=|\bid *= *"([^"]+)",\s*type *=/gm;

function* named(tree) {
  for (const name of tree.files(/^plugins\//)) {
    const [, programme, , service] = /^plugins\/([^/]+)\/(services\/([^/]+?)(\.spec)?\.lua$)?/.exec(name) ?? [];
    if (programme) yield [programme, 'a programme'];
    if (service) yield [service, 'a service'];
    if (name.endsWith('/facts.lua')) {
      for (const [, key, id] of tree.text(name).matchAll(DECLARED)) yield [key ?? id, 'a fact'];
    }
  }
}

/** A fact by its id; others word by word: "meals-at-home" is also meals_at_home and "Meals at home". */
function pattern(word, what) {
  return what === 'a fact' ? `(?<![\\w-])${word}(?![\\w-])`
    : `(?<![\\p{L}\\d_])${word.split(/[-_ ]+/).join('[-_ ]+')}(?![\\p{L}\\d_])`;
}

const COMPARES = String.raw`\s*(?:[<>]=?|[=!]=)\s*`;
const AGE = new RegExp(String.raw`\b(?:age|\w+_age|age_\w+|\w*years\w*)\s*(?:\([^()]*\))?${COMPARES}\d{2}\b` +
  `|${COMPARES}(?:75|90)\\b`, 'g');

check({
  proves: 'core/ names no programme, service or fact of plugins/, and compares with no age',
  find(tree) {
    const record = tree.files(/^core\/ipus\/kinds\.def$/).flatMap((name) =>
      [...tree.text(name).matchAll(FIELD)].map(([, field]) => field));
    const words = new Map([...named(tree)].filter(([word]) =>
      word.length >= LETTERS && !GENERIC.has(word) && !record.includes(word)));
    const patterns = [...FIXED.map((word) => [word, 'a word of plugins/']),
      ...[...words].map(([word, what]) => [pattern(word, what), what])]
      .map(([source, what]) => ({ expression: new RegExp(source, 'giu'), what }));
    return tree.files(C_OF_CORE, /^core\/.*\.lua$/).flatMap((name) => {
      const text = tree.text(name);
      return [
        ...patterns.flatMap(({ expression, what }) => [...matches(text, expression)].map(({ line, match }) =>
          `${name}:${line}: "${match[0]}" is ${what}; the core must not know it`)),
        ...[...matches(name.endsWith('.lua') ? text : bareC(text), AGE)].map(({ line, match }) =>
          `${name}:${line}: "${match[0]}" looks like an age; ages are parameters of plugins`),
      ];
    });
  },
  seeds: [
    ['/* as in KOSZALIN */', {}, /x\.c:1: "KOSZALIN" is a word of plugins/],
    ['int hairdressers;', {}, /"hairdress" is a word/],
    ['int suwalki;', { 'plugins/suwalki/programme.lua': '' }, /"suwalki" is a programme/],
    ['\n/* Meals at home */', { 'plugins/a/services/meals-at-home.lua': '' }, /x\.c:2: "Meals at home" is a service/],
    ['char *x = "meals";', { 'plugins/a/services/meals.spec.lua': '' }, /"meals" is a service/],
    ['int x = lives_alone;', { 'plugins/a/facts.lua': 'return facts {\n  lives_alone = { type = "boolean" },\n}\n' },
      /"lives_alone" is a fact/],
    ['int x = windows;', { 'plugins/a/facts.lua': 'return { { id = "windows", type = "integer" } }\n' }, /"windows" is a fact/],
    ['int x = size >= 90;', {}, />= 90" looks like an age/],
    ['int x = person_age < 60;', {}, /person_age < 60" looks like an age/],
    ['int x = date_full_years(born, on) > 18;', {}, /> 18" looks like an age/],
  ].map(([code, plugins, says]) => ({ files: { ...plugins, 'core/a/x.c': code }, says })),
});
