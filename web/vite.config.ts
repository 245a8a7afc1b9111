import { globSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin } from 'vite';
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

const proxy = { target: apiTarget(), changeOrigin: false, ws: true };

/** Pages and scripts as they are sent, `.br` and `.gz` beside each file: slowly and well, once for all requests. */
function compressed(): Plugin {
  let dist = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved({ root, build }) {
      dist = resolve(root, build.outDir);
    },
    async closeBundle() {
      const files = globSync('**/*.{html,js,css,svg,json,map}', { cwd: dist }).map((file) =>
        join(dist, file),
      );
      await Promise.all(
        files.map(async (file) => {
          const content = await readFile(file);
          if (content.length < 1024) return;
          const [br, gz] = await Promise.all([
            promisify(brotliCompress)(content),
            promisify(gzip)(content, { level: 9 }),
          ]);
          await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
        }),
      );
    },
  };
}

/**
 * `t('Claim')` becomes a constant of its module. A call would be a value that changes to the compiler of the pages: an
 * effect for each text, and a memo for each condition around it.
 */
function constantTexts(): Plugin {
  return {
    name: 'constant-texts',
    enforce: 'pre',
    transform: {
      filter: { id: /\/web\/(?!words\/).*\.tsx$/ },
      handler(code) {
        const names = new Map<string, string>();
        // Lines stay where they are.
        const changed = code.replace(textCall, (_, before: string, text: string, lines: string) => {
          const name = names.get(text) ?? `_text${names.size}`;
          names.set(text, name);
          return `${before}${name}${lines.replace(/[^\n]/g, '')}`;
        });
        if (names.size === 0) return null;
        const constants = [...names].map(([text, name]) => `${name} = t(${text})`);
        return { code: `const ${constants.join(', ')}; ${changed}`, map: null };
      },
    },
  };
}
const textCall = /(^|[^\w.$])t\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")(,?\s*)\)/gm;

/** The app itself is fetched beside the entry, which asks for it only when the language is there. */
function appPreload(): Plugin {
  return {
    name: 'app-preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) => {
        const app = Object.values(bundle).find(
          (file) => file.type === 'chunk' && file.facadeModuleId?.endsWith('/web/app.tsx'),
        );
        if (app?.type !== 'chunk') return [];
        return [app.fileName, ...app.imports].map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
          injectTo: 'head',
        }));
      },
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [constantTexts(), solid(), tailwindcss(), appPreload(), compressed()],
  server: { proxy: { '/api': proxy, '/trpc': proxy, '/graphql': proxy, '/oauth': proxy } },
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
