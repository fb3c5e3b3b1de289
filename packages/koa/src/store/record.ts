/**
 * From rows to records, explicitly: the compiler asks for each field, and for each moment to be made one again.
 */

/** What `JSON.parse` gives back for a value that went through `JSON.stringify`. */
export type AsJson<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : Value extends Date
    ? string
    : { readonly [Key in keyof Value]: AsJson<Value[Key]> };

/** Written by this store alone, so it is what it was. */
export function parseJson<Value>(text: string): AsJson<Value> {
  return JSON.parse(text) as AsJson<Value>;
}

/** So many are remembered; there are rarely as many apps and clients. */
const mostRemembered = 1_000;

/**
 * Parses the record of one id again only when its text has changed: of apps and clients, which are read by each request
 * and change by the month. What it gives is shared, and frozen.
 */
export function parseOnce<Value>(): (id: string, text: string) => AsJson<Value> {
  const known = new Map<string, { readonly text: string; readonly value: AsJson<Value> }>();
  return (id, text) => {
    const before = known.get(id);
    if (before?.text === text) return before.value;
    if (known.size >= mostRemembered) known.clear();
    const value = JSON.parse(text, (_name, part: unknown) => Object.freeze(part)) as AsJson<Value>;
    known.set(id, { text, value });
    return value;
  };
}

export function toMoment(value: Date | string): Date {
  return new Date(value);
}

export function toMomentIfAny(value: Date | string | null | undefined): Date | undefined {
  return value === null || value === undefined ? undefined : new Date(value);
}

type IsOptional<Value, Key extends keyof Value> = Record<never, never> extends Pick<Value, Key> ? true : false;

/** A record in which optional fields may be `null`, as databases have them. */
type Loose<Value> = {
  readonly [Key in keyof Value]: IsOptional<Value, Key> extends true ? Value[Key] | null | undefined : Value[Key];
};

/** A record without the fields that are absent: `undefined` and `null` are not values of ours. */
export function withoutAbsent<Value extends object>(fields: Loose<Value>): Value {
  const present: Partial<Record<keyof Value, unknown>> = {};
  for (const name of Object.keys(fields) as (keyof Value)[]) {
    const value = fields[name];
    if (value !== null && value !== undefined) present[name] = value;
  }
  return present as Value;
}

/** The same from columns: every field must be named, the optional ones too. */
export function toRecord<Value extends object>(fields: Required<Loose<Value>>): Value {
  return withoutAbsent<Value>(fields);
}
