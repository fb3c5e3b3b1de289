/**
 * A misspelt option is told by its name, also where no compiler looks: a rule that is passed over in silence protects nobody.
 *
 * @param call the function as a host writes it, such as `guard()`
 * @param known every option that it has; the compiler asks for all of them
 * @throws {TypeError} that names the option, and those that there are
 */
export function refuseUnknown<Options extends object>(call: string, given: Options, known: { readonly [Name in keyof Required<Options>]: true }): void {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) throw new TypeError(`${call} has no option "${unknown}". It has: ${Object.keys(known).join(', ')}`);
}
