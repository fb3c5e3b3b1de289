import { defineConfig, type Plugin } from 'vite';

/** CSS inside a template literal is a string to a minifier: its comments and indentation go here. */
const minifyStyles: Plugin = {
  name: 'portico-minify-styles',
  transform(code, id) {
    if (!id.endsWith('styles.ts')) return undefined;
    const minified = code.replace(/css`([^`]*)`/g, (_, text: string) => {
      const short = text
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/\s+/g, ' ')
        .replace(/ ?([{};,]) ?/g, '$1')
        .replace(/: /g, ':')
        .replace(/(?<=[ :,(-])0\.(?=\d)/g, '.')
        .replace(/;}/g, '}');
      return `css\`${short.trim()}\``;
    });
    return { code: minified, map: null };
  },
};

/** Indentation between two tags of a template means nothing to a reader: one space is as good. */
const minifyTemplates: Plugin = {
  name: 'portico-minify-templates',
  transform(code, id) {
    if (!/\.view\.ts$|\/parts\/[a-z-]+\.ts$|\/frame\.ts$/.test(id)) return undefined;
    return { code: code.replace(/(?<=[>}"'`])\n\s+(?=[<$])/g, ' '), map: null };
  },
};

const sharedModules =
  /node_modules\/(?:\.pnpm\/)?(?:lit|@lit)|base64URLStringToBuffer|bufferToBase64URLString|src\/parts\/(?:notice|field|step-form|button|icons)|src\/flow\/(?:clock|system-clock|outcome|get-passkey|passkey-ceremony)|copy\/copy|contract\/src\/paths/;

export default defineConfig({
  base: './',
  plugins: [minifyStyles, minifyTemplates],
  resolve: { conditions: ['portico-source', 'browser', 'production', 'import', 'default'] },
  build: {
    target: 'es2022',
    outDir: 'dist/browser',
    emptyOutDir: true,
    minify: true,
    modulePreload: false,
    reportCompressedSize: false,
    // As a library: chunks are plain relative imports, without a loader that would touch the page's head.
    lib: { entry: { login: 'src/auth-login.ts' }, formats: ['es'] },
    rolldownOptions: {
      // Making a passkey is a later step's; the library's index would draw it into what the first screen loads.
      treeshake: { moduleSideEffects: [{ test: /simplewebauthn/, sideEffects: false }] },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'login-[name]-[hash].js',
        // A library keeps its whitespace by default; this one is served as it is.
        minify: { compress: true, mangle: true, codegen: { removeWhitespace: true } },
        // What the first screen shares with later steps is one file, not ten.
        codeSplitting: { groups: [{ name: 'shared', test: sharedModules }] },
      },
    },
  },
});
