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
      // What the first screen needs is one file, so that nothing waits for an import of an import; later steps import from it.
      preserveEntrySignatures: 'allow-extension',
      // Making a passkey is a later step's; the library's index would draw it into what the first screen loads. Lit's modules do
      // nothing to the page either, and only such modules may move into the one file.
      treeshake: { moduleSideEffects: [{ test: /simplewebauthn|node_modules.*\/(?:lit|@lit)/, sideEffects: false }] },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'login-[name]-[hash].js',
        // Small parts that most later steps share come together: each alone would be a request of its own, and packed less well.
        codeSplitting: { groups: [{ name: 'step-parts', test: /\/parts\/(?:back|help-link|other-ways|step-icons|method-choices|remember-device|match-number|qr-code)\.ts$/, includeDependenciesRecursively: false }] },
        // A library keeps its whitespace by default; this one is served as it is.
        minify: { compress: true, mangle: true, codegen: { removeWhitespace: true } },
      },
    },
  },
});
