import type { Stage } from './stage.ts';

const nodeTests = 'node --conditions=portico-source --test --test-reporter=spec --test-timeout=120000';
const pnpm = 'npx -y pnpm@12.4.2';

/** Everything that gates, in the order in which it starts; two run at a time. */
export const stages: readonly Stage[] = [
  // By far the longest: what comes after it runs beside it.
  { name: 'koa', kind: 'node-tests', needs: ['postgres'], command: `${nodeTests} --test-concurrency=2 "packages/koa/**/*.test.ts"` },
  { name: 'types', kind: 'gate', command: 'tsc --noEmit' },
  { name: 'lint', kind: 'gate', command: 'oxlint --type-aware --deny-warnings' },
  { name: 'build', kind: 'gate', command: `${pnpm} --recursive --filter "./packages/*" run build` },
  { name: 'architecture', kind: 'node-tests', command: `${nodeTests} "scripts/**/*.test.ts"` },
  { name: 'unused', kind: 'gate', command: 'knip --no-progress' },
  { name: 'guard', kind: 'node-tests', command: `${nodeTests} "packages/guard/**/*.test.ts"` },
  { name: 'client', kind: 'node-tests', command: `${nodeTests} "packages/client/**/*.test.ts"` },
  { name: 'bench', kind: 'node-tests', command: `${nodeTests} "packages/bench/**/*.test.ts"` },
  { name: 'login', kind: 'node-tests', after: ['build'], command: `${pnpm} --filter @portico/login run test:node` },
  { name: 'packages', kind: 'gate', after: ['build'], command: 'node scripts/check-packages.ts' },
  {
    name: 'login-browser',
    kind: 'browser-tests',
    needs: ['chromium'],
    after: ['build'],
    command: `${pnpm} --filter @portico/login run test:browser`,
  },
  { name: 'examples', kind: 'node-tests', after: ['build'], command: `${nodeTests} "examples/**/*.test.ts"` },
  {
    name: 'e2e',
    kind: 'node-tests',
    needs: ['chromium', 'postgres'],
    after: ['build', 'packages'],
    command: `${nodeTests} "packages/e2e/**/*.test.ts"`,
  },
];
