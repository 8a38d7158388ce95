// Files of a room that call each other in a circle can only be read, tested and changed together.
import { check } from './tree.mjs';
import { objects } from './objects.mjs';

// Calls that close a circle and are meant, and why.
const MEANT = [
  ['ipus', 'run.c', 'steps.c', 'the engine finds a step in the tables, and what a step does may run further steps'],
  ['http', 'connection.c', 'dispatch.c', 'a connection hands its request on, and hears when it is answered'],
  ['http', 'connection.c', 'batch.c', 'it sends by the batch, which closes it when the client has gone'],
];

// Calls that close a circle and stand so far, by room. Only ever take from here: whoever cuts one takes it out.
const STANDING = {
  api: `
    service.c > query.c
  `,
  http: `
    server.c > listen.c
    problem.c > reply.c
    server.c > connection.c
  `,
  life: `
    mischief.c > life.c
    verdict.c > life.c
    plans.c > orders.c
    people.c > cases.c
    plans.c > cases.c
    queue.c > plans.c
    life.c > queue.c
    life.c > office.c
    life.c > people.c
  `,
  plugin: `
    reader.c > mentions.c
    operands.c > facts.c
    catalog_cells.c > catalog.c
    facts.c > conditions.c
    load.c > generation.c
  `,
  script: `
    barrier.c > state.c
    state.c > call.c
    state.c > environment.c
    environment.c > tables.c
    amounts.c > basics.c
    environment.c > strings.c
    environment.c > basics.c
  `,
  store: `
    schema.c > migrate.c
    schema.c > journal.c
    db.c > answers.c
    migrate.c > backup.c
    people.c > rows.c
    writer.c > store.c
    transactions.c > writer.c
    reports.c > reports_cases.c
    reports.c > reports_programme.c
  `,
};

/** For each file of a room the files of the room whose functions or tables it names. */
function calls(room) {
  const home = new Map(room.flatMap(({ file, defines }) => [...defines].map((name) => [name, file])));
  return new Map(room.map(({ file, uses }) => {
    const called = new Map(); // file > a name it is called for
    for (const name of uses) {
      const other = home.get(name);
      if (other && other !== file && !called.has(other)) called.set(other, name);
    }
    return [file, called];
  }));
}

/** The shortest way from a file back to itself, as a list of files; null when there is none. */
function circle(graph, start) {
  const from = new Map([[start, null]]), open = [start];
  for (const file of open) {
    for (const next of graph.get(file).keys()) {
      if (next === start) {
        const path = [];
        for (let at = file; at; at = from.get(at)) path.unshift(at);
        return path;
      }
      if (!from.has(next)) from.set(next, file) && open.push(next);
    }
  }
  return null;
}

/** The calls of a room that are left when those that are meant, or stand, do not count. */
function without(room, graph) {
  for (const [where, from, to] of MEANT) if (where === room) graph.get(from)?.delete(to);
  for (const [, from, to] of (STANDING[room] ?? '').matchAll(/(\S+) > (\S+)/g)) graph.get(from)?.delete(to);
  return graph;
}

check({
  proves: `no files of a room call each other in a circle, but where it is meant (${MEANT.map(([room, from, to]) => `${room}: ${from} > ${to}`).join(', ')}) or stands so far (${Object.values(STANDING).join('').match(/>/g).length} calls)`,
  find(tree) {
    const rooms = new Map();
    for (const object of objects(tree)) rooms.set(object.room, [...(rooms.get(object.room) ?? []), object]);
    const faults = [];
    for (const [room, list] of rooms) {
      const graph = tree.build ? without(room, calls(list)) : calls(list), told = new Set();
      for (const file of graph.keys()) {
        const path = told.has(file) ? null : circle(graph, file);
        if (!path) continue;
        path.forEach((one) => told.add(one));
        const steps = path.map((one, at) => `${one} > ${graph.get(one).get(path[(at + 1) % path.length])}()`);
        faults.push(`core/${room}/${file}:1: in a circle: ${steps.join(', ')}`);
      }
    }
    return faults;
  },
  seeds: [
    { 'core/a/x.c': 'void a_y(void); void a_x(void) { a_y(); }', 'core/a/y.c': 'void a_x(void); void a_y(void) { a_x(); }' },
    {
      'core/a/x.c': 'void a_y(void); void a_x(void) { a_y(); }',
      'core/a/y.c': 'extern void (*a_table[])(void); void a_y(void) { a_table[0](); }',
      'core/a/z.c': 'void a_x(void); void (*a_table[])(void) = { a_x };',
    },
  ].map((files) => ({ files, says: /core\/a\/x\.c:1: in a circle: x\.c > a_y\(\), y\.c > / })),
});
