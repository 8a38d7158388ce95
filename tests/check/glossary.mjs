// Every kind of row of the record, and every role, is a word of the glossary with its Polish term.
import { check, matches } from './tree.mjs';

const KINDS = 'core/ipus/kinds.def', PAGE = 'docs/glossary.md';

check({
  proves: 'every kind of the record and every role stands in the glossary',
  find(tree) {
    const words = new Map([...tree.text(PAGE).matchAll(/^\| ([^|]+?) \| ([^|]*?) \|/gm)]
      .flatMap(([, word, polish]) => word.split(', ').map((one) => [one.toLowerCase(), polish])));
    const text = tree.text(KINDS), wanted = [];
    for (const { line, match } of matches(text, /^KIND\(\w+, (\w+),/gm)) wanted.push([line, match[1]]);
    for (const { line, match } of matches(text, /^FIELD\(ACCOUNT, ROLE, .*CHOICES\("([^"]*)"\)/gm)) {
      wanted.push(...match[1].split(',').map((role) => [line, role]));
    }
    return wanted.filter(([, word]) => !words.get(word.replaceAll('_', ' ')))
      .map(([line, word]) => `${KINDS}:${line}: "${word}" has no line, or no Polish term, in ${PAGE}`);
  },
  seeds: [
    ['KIND(PLAN, plan, plans)\nKIND(NOTE, note, notes)\n', '| plan | IPUS | an agreement |\n', /kinds\.def:2: "note" has no line/],
    ['KIND(PLAN, plan, plans)\n', '| plan | | an agreement |\n', /kinds\.def:1: "plan" has no line, or no Polish term/],
    ['FIELD(ACCOUNT, ROLE, role, CHOICE, N, CHOICES("ous,cook"))\n', '| OUS | organizator | plans |\n', /"cook"/],
  ].map(([kinds, page, says]) => ({ files: { [KINDS]: kinds, [PAGE]: page }, says })),
});
