/** One page a build, so that no widget shares a chunk with another: `WIDGET=hanko vite build`. */
import { defineConfig } from 'vite';

const widget = process.env.WIDGET;

export default defineConfig({
  root: 'pages',
  base: './',
  logLevel: 'warn',
  build: {
    outDir: `../dist/${widget}`,
    emptyOutDir: true,
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: { input: `pages/${widget}.html` },
  },
});
