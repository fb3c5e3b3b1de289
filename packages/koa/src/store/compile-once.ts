import type { Compilable, CompiledQuery, QueryResult } from 'kysely';
import type { Engine } from './engine.ts';
import type { StoreDeps } from './store-deps.ts';

/** Runs with other values each time. All of them are given each time, and none is `undefined`. */
export type Statement<Values, Row> = (deps: StoreDeps, values: Values) => Promise<QueryResult<Row>>;

/**
 * A statement that is built and compiled at its first use, once for each engine. Kysely takes ten times as long to do
 * that as SQLite to run it, and a sign-in has dozens of them.
 *
 * `build` sees placeholders where the values will be: it may not look at them, nor put them in a list.
 */
export function compileOnce<Values extends object, Row>(
  build: (deps: StoreDeps, values: Values) => Compilable<Row> | CompilableFor<Row>,
): Statement<Values, Row> {
  const compiled = new WeakMap<Engine, CompiledQuery<Row>>();
  const compile = (deps: StoreDeps, values: Values): CompiledQuery<Row> => {
    const query = build(deps, placeholdersOf(values)).compile(deps.db);
    compiled.set(deps.engine, query);
    return query;
  };
  return (deps, values) => {
    const query = compiled.get(deps.engine) ?? compile(deps, values);
    return deps.run<Row>({ ...query, parameters: query.parameters.map((parameter) => fill(parameter, values)) });
  };
}

/** What Kysely's `sql` makes has to be told for which database. */
interface CompilableFor<Row> {
  compile(db: StoreDeps['db']): CompiledQuery<Row>;
}

/** To Kysely it is a parameter like any other; it never reaches a database. */
class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

function placeholdersOf<Values extends object>(values: Values): Values {
  return Object.fromEntries(Object.keys(values).map((name) => [name, new Placeholder(name)])) as Values;
}

/** What is no placeholder is a constant of the statement. */
function fill(parameter: unknown, values: object): unknown {
  if (!(parameter instanceof Placeholder)) return parameter;
  const value = (values as Readonly<Record<string, unknown>>)[parameter.name];
  if (value === undefined) throw new TypeError(`A statement was run without its "${parameter.name}".`);
  return value;
}
