export default {
  globs: ['src/auth-login.element.ts', 'src/auth-login.ts', 'src/events.ts'],
  outdir: 'dist',
  litelement: true,
};
