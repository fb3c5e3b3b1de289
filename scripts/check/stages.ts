import type { Stage } from './stage.ts';

const nodeTests = 'node --conditions=portico-source --test --test-reporter=spec --test-timeout=120000';
/** A process for each file costs a second each to start, and runs its code before the engine has made it fast. */
const inOneProcess = `${nodeTests} --test-isolation=none`;
const pnpm = 'npx -y pnpm@12.4.2';

/** Everything that gates, in the order in which it starts; two run at a time. */
export const stages: readonly Stage[] = [
  // What others use, then what takes longest: what is short fills the gaps at the end.
  { name: 'build', kind: 'gate', command: `${pnpm} --recursive --filter "./packages/*" run build` },
  { name: 'packages', kind: 'gate', after: ['build'], command: 'node scripts/check-packages.ts' },
  { name: 'koa-n-to-z', part: 'koa', kind: 'node-tests', needs: ['postgres'], command: `${inOneProcess} "packages/koa/test/[n-z]*.test.ts"` },
  {
    name: 'e2e',
    kind: 'node-tests',
    needs: ['chromium', 'postgres'],
    after: ['build', 'packages'],
    command: `${nodeTests} --test-concurrency=2 "packages/e2e/**/*.test.ts"`,
  },
  { name: 'koa-a-to-m', part: 'koa', kind: 'node-tests', needs: ['postgres'], command: `${inOneProcess} "packages/koa/test/[a-m]*.test.ts"` },
  {
    name: 'login-browser',
    kind: 'browser-tests',
    needs: ['chromium'],
    after: ['build'],
    command: `${pnpm} --filter @portico/login run test:browser`,
  },
  { name: 'koa-units', part: 'koa', kind: 'node-tests', needs: ['postgres'], command: `${inOneProcess} "packages/koa/src/**/*.test.ts"` },
  { name: 'koa-durability', part: 'koa', kind: 'node-tests', needs: ['postgres'], command: `${nodeTests} "packages/koa/test/durability/*.test.ts"` },
  { name: 'types', kind: 'gate', command: 'tsc --noEmit' },
  { name: 'lint', kind: 'gate', command: 'oxlint --type-aware --deny-warnings' },
  { name: 'architecture', kind: 'node-tests', command: `${nodeTests} "scripts/**/*.test.ts"` },
  { name: 'unused', kind: 'gate', command: 'knip --no-progress' },
  { name: 'guard', kind: 'node-tests', command: `${nodeTests} "packages/guard/**/*.test.ts"` },
  { name: 'client', kind: 'node-tests', command: `${nodeTests} "packages/client/**/*.test.ts"` },
  { name: 'bench', kind: 'node-tests', command: `${nodeTests} "packages/bench/**/*.test.ts"` },
  { name: 'login', kind: 'node-tests', after: ['build'], command: `${pnpm} --filter @portico/login run test:node` },
  { name: 'examples', kind: 'node-tests', after: ['build'], command: `${nodeTests} "examples/**/*.test.ts"` },
];
