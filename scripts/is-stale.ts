import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a folder that is built is missing, or older than a file that it is built from. */
export function isStale(built: string, sources: readonly string[]): boolean {
  const builtAt = newest(built);
  return builtAt === 0 || sources.some((source) => newest(source) > builtAt);
}

/** When the newest file below a folder was written, in milliseconds; 0 when there is none. */
function newest(folder: string): number {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return Math.max(0, ...entries.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
  } catch {
    return 0;
  }
}
