import type { FieldFault } from '@portico/contract';
import type { z } from 'zod';
import { AuthError } from '../../model/auth-error.ts';

function faultsOf(issue: z.core.$ZodIssue): readonly FieldFault[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: path === '' ? key : `${path}.${key}`, code: 'field_unknown' as const }));
  }
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined;
  return [{ path, code: isMissing ? 'field_missing' : 'field_invalid' }];
}

/**
 * Parses a body at the edge: unknown in, a type out.
 *
 * @throws {AuthError} with the path and code of every field that is at fault.
 */
export function parseBody<Output>(schema: z.ZodType<Output>, body: unknown): Output {
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.flatMap(faultsOf);
  throw new AuthError(fields[0]?.code ?? 'field_invalid', { fields });
}
