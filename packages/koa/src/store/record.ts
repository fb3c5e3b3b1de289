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
  const present: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== null && value !== undefined) present[name] = value;
  return present as Value;
}

/** The same from columns: every field must be named, the optional ones too. */
export function toRecord<Value extends object>(fields: Required<Loose<Value>>): Value {
  return withoutAbsent<Value>(fields);
}
