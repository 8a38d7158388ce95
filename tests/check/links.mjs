// Pages keep up with the tree: a link leads to a file and a heading that are there, a quoted script exists.
import { dirname, join, normalize } from 'node:path';
import { check, matches } from './tree.mjs';

const blank = (text) => text.replace(/[^\n]/g, ' ');
const withoutCode = (text) => text.replace(/^(```+|~~~+)[^]*?^\1/gm, blank).replace(/(`+)[^`\n]+\1/g, blank);

/** The anchors that a forge gives the headings of a page. */
function anchors(text) {
  const headings = [...text.replace(/^(```+|~~~+)[^]*?^\1/gm, blank).matchAll(/^#{1,6} +(.*?) *#*$/gm)];
  return new Set(headings.map(([, heading]) =>
    heading.toLowerCase().replace(/[^\p{L}\p{N}\p{M} _-]/gu, '').replaceAll(' ', '-')));
}

function faultOfLink(tree, page, target) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return null;
  const [path, anchor] = target.split('#');
  const file = path ? normalize(join(dirname(page), decodeURIComponent(path))) : page;
  if (file.startsWith('..') || !tree.has(file)) return `${target} leads nowhere`;
  if (anchor && file.endsWith('.md') && !anchors(tree.text(file)).has(decodeURIComponent(anchor))) {
    return `${target}: ${file} has no such heading`;
  }
  return null;
}

check({
  proves: 'every relative link in the pages resolves, every quoted script is there',
  find(tree) {
    const faults = [];
    for (const page of tree.files(/\.md$/)) {
      const text = tree.text(page);
      const links = /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|^ *\[[^\]]+\]: *<?([^\s>]+)/gm;
      for (const { line, match } of matches(withoutCode(text), links)) {
        const fault = faultOfLink(tree, page, match[1] ?? match[2]);
        if (fault) faults.push(`${page}:${line}: ${fault}`);
      }
      for (const { line, match } of matches(text, /(?<![\w./-])(?:\.\/)?(scripts\/[\w][\w./-]*|\.ci\/\w+)/g)) {
        const script = match[1].replace(/[./]+$/, '');
        if (!tree.has(script)) faults.push(`${page}:${line}: there is no ${script}`);
      }
    }
    return faults;
  },
  seeds: [
    [{ 'README.md': 'See\n[it](docs/x.md).\n' }, /README\.md:2: docs\/x\.md leads nowhere/],
    [{ 'docs/a.md': '[up](../../x)\n' }, /docs\/a\.md:1: \.\.\/\.\.\/x leads nowhere/],
    [{ 'docs/a.md': '# Łóżko\n[a](#łóżka)\n' }, /docs\/a\.md:2: #łóżka: docs\/a\.md has no such heading/],
    [{ 'core/README.md': '[map]\n\n[map]: map.svg\n' }, /core\/README\.md:3: map\.svg leads nowhere/],
    [{ 'README.md': '```\nscripts/rnu --port 1\n```\n' }, /README\.md:2: there is no scripts\/rnu/],
  ].map(([files, says]) => ({ files, says })),
});
