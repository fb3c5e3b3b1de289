import { join } from 'node:path';
import type { ContenderName } from '../scenario.ts';
import type { ServerProgram } from './start-server.ts';

/** The program of a contender, with a data file or a database that nobody has used before. */
export function programOf(name: ContenderName, place: { readonly folder: string; readonly postgres: string; readonly turn: number }): ServerProgram {
  const file = join(place.folder, `${name}-${place.turn}.db`);
  switch (name) {
    case 'portico': return { program: 'portico', args: ['sqlite', file] };
    case 'portico-postgres': return { program: 'portico', args: ['postgres', place.postgres] };
    case 'oidc-provider': return { program: 'oidc-provider', args: ['sqlite', file] };
    case 'oidc-provider-memory': return { program: 'oidc-provider', args: ['memory'] };
    case 'better-auth': return { program: 'better-auth', args: [file] };
    case 'guard': case 'bare-route': case 'bare-route-with-token': case 'by-hand': return { program: 'api' };
    case 'floor-node-http': return { program: 'floor-http' };
    case 'floor-exchange': return { program: 'floor-exchange', args: [file] };
    default: return name satisfies never;
  }
}
