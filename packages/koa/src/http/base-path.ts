/** The issuer's own path, without a slash at its end: `/auth`, or nothing. */
export function basePath(issuer: string): string {
  return new URL(issuer).pathname.replace(/\/$/, '');
}
