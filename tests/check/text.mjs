// The tree speaks of the product, not of the desk it was written at: no machine's paths, no mirrors.
import { check, matches } from './tree.mjs';

// A letter in brackets, so that this file does not speak of them either.
const FOREIGN = new RegExp([
  '(?<![\\w.])/wor[k]/', '\\.\\./share[d]', '(?<!\\w)/(?:hom[e]|roo[t])/\\w', '\\bclaud[e]\\b', '\\banthropi[c]\\b',
  '\\bagent sessio[n]', 'deb\\.debian\\.or[g]', 'registry\\.npmjs\\.or[g]',
].join('|'), 'gi');

check({
  proves: 'no path, mirror or tool of a desk is named in the tree',
  find: (tree) => tree.names.filter((name) => !tree.bytes(name).includes(0)).flatMap((name) =>
    [...matches(tree.text(name), FOREIGN)].map(({ line, match }) =>
      `${name}:${line}: "${match[0]}" is not of the product`)),
  seeds: ['/wor!k/x', '"../share!d"', 'in /hom!e/me', 'as Claud!e says', 'Anthropi!c', 'an agent sessio!n',
    'http://deb.debian.or!g/debian', 'https://registry.npmjs.or!g/x'].map((text) => ({
    files: { 'docs/x.md': `\n${text.replace('!', '')}\n` },
    says: /docs\/x\.md:2: ".*" is not of the product/,
  })),
});
