// Tables of mistakes in the guides: | was | became | what is said |, each table below a line that names the file.
const row = /^\| (.*?) \| (.*?) \| (.*) \|$/;
export const unquoted = (cell) => cell.replace(/^(`+) ?([^]*?) ?\1$/, '$2').replaceAll('\\|', '|');

/** [{ file, was, became, message, at }]; `at` is the line, where it is not that of the change, or 0. */
export function mistakesOf(page) {
  const mistakes = [];
  let file = null;
  for (const line of page.split('\n')) {
    const [, heading] = line.match(/^(?:In|W) `(\S+)`:$/) ?? [];
    if (heading) file = heading;
    else if (/^#/.test(line)) file = null;
    const cells = file && line.match(row);
    if (cells && (cells[1].startsWith('`') || /^removed|^renamed/.test(cells[2]))) {
      const [was, became, said] = cells.slice(1).map(unquoted);
      const [, at, message] = said.match(/^(?:(?:line|wiersz) (\d+): )?(.*)$/);
      mistakes.push({ file, was, became, message, at: Number(at ?? 0) });
    }
  }
  return mistakes;
}

/** Why the faults are not what the guide says, or null. `text` is the file before the change. */
export function contradiction({ file, was, became, message, at }, text, faults) {
  const told = faults.find((fault) => fault.text === message);
  if (!told) return `${file}: ${became}\n says: ${faults.map((fault) => fault.text).join('\n       ')}`;
  const line = text.slice(0, text.indexOf(was)).split('\n').length;
  const elsewhere = !told.file.endsWith(file) || told.line === 0;
  const right = elsewhere || (at ? told.line === at : Math.abs(told.line - line) <= 1);
  return right ? null : `${file}: ${message} on line ${told.line}, the change on ${line}`;
}
