import { fileURLToPath } from 'node:url';

/** The absolute path of the repository, without a slash at the end. */
export const repositoryRoot: string = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

/** The packages that are published, in the order in which they depend on each other. */
export const publicPackages = ['contract', 'guard', 'client', 'login', 'koa'] as const;
