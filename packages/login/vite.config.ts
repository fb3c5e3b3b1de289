import { defineConfig, type Plugin } from 'vite';

/** CSS inside a template literal is a string to a minifier: its comments and indentation go here. */
const minifyStyles: Plugin = {
  name: 'portico-minify-styles',
  transform(code, id) {
    if (!/styles\.ts$/.test(id)) return undefined;
    const minified = code.replace(/css`([^`]*)`/g, (_, text: string) => {
      const short = text
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/\s+/g, ' ')
        .replace(/ ?([{};,]) ?/g, '$1')
        .replace(/: /g, ':');
      return `css\`${short.trim()}\``;
    });
    return { code: minified, map: null };
  },
};

/** Templates keep one space where there was indentation: what stands between tags means nothing more. */
const minifyTemplates: Plugin = {
  name: 'portico-minify-templates',
  transform(code, id) {
    if (!/\/src\/.*\.ts$/.test(id) || /styles\.ts$/.test(id)) return undefined;
    return { code: code.replace(/\n\s+(?=[<$a-z@?./>!-])/g, (space, at: number) => (isInTemplate(code, at) ? ' ' : space)), map: null };
  },
};

/** Whether a position is in the text of a template literal, as opposed to code or an expression in it. */
function isInTemplate(code: string, at: number): boolean {
  const depth: ('template' | 'code')[] = [];
  for (let index = 0; index < at; index += 1) {
    const top = depth.at(-1);
    const character = code[index];
    if (character === '`') top === 'template' ? depth.pop() : depth.push('template');
    else if (top === 'template' && character === '$' && code[index + 1] === '{') depth.push('code');
    else if (top === 'code' && character === '{' && code[index - 1] !== '$') depth.push('code');
    else if (top === 'code' && character === '}') depth.pop();
  }
  return depth.at(-1) === 'template';
}

export default defineConfig({
  base: './',
  plugins: [minifyStyles],
  resolve: { conditions: ['portico-source', 'browser', 'production', 'import', 'default'] },
  build: {
    target: 'es2022',
    outDir: 'dist/browser',
    emptyOutDir: true,
    minify: true,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { login: 'src/auth-login.ts' },
      preserveEntrySignatures: 'strict',
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'login-[name]-[hash].js' },
    },
  },
});
