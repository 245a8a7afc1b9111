import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

/** Where `vite dev` sends API calls: `INTERLOCK_API_URL`, else the running embedded stack. */
function apiTarget(): string {
  if (process.env.INTERLOCK_API_URL) return process.env.INTERLOCK_API_URL;
  try {
    const dev: unknown = JSON.parse(readFileSync(new URL('../.interlock/dev.json', import.meta.url), 'utf8'));
    if (dev && typeof dev === 'object' && 'apiUrl' in dev && typeof dev.apiUrl === 'string')
      return dev.apiUrl;
  } catch {
    // The stack is not running yet.
  }
  return 'http://127.0.0.1:4400';
}

const proxy = { target: apiTarget(), changeOrigin: false };

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [solid(), tailwindcss()],
  server: { proxy: { '/api': proxy, '/trpc': proxy } },
  build: {
    outDir: fileURLToPath(new URL('../.cache/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // A strict `script-src 'self'` allows neither inline code nor data: URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
  },
});
