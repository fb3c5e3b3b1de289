/** oidc-provider: see oidc-provider/create-provider.ts. Arguments: `memory`, or `sqlite` and a file. */
import type Provider from 'oidc-provider';
import { copyCode } from './oidc-provider/copy-code.ts';
import { createProvider, withInteraction } from './oidc-provider/create-provider.ts';
import { createMemoryStore } from './oidc-provider/memory-store.ts';
import { openSqliteStore } from './oidc-provider/sqlite-store.ts';
import { serve } from './serve.ts';

const [engine, file = ''] = process.argv.slice(2);
const store = engine === 'sqlite' ? openSqliteStore(file) : await createMemoryStore();
let provider: Provider | undefined;

await serve((url) => withInteraction((provider = createProvider(url, store))), (codes) => copyCode(codes, provider, store));
