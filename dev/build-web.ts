import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from './child-process.ts';
import { cacheDir, logDir, projectRoot } from './paths.ts';
import { complain, say, since } from './say.ts';

export const webDist = join(cacheDir, 'web');

/** Builds the pages into the cache when a source is newer than the last build. */
export async function buildWeb(): Promise<void> {
  if (!existsSync(join(projectRoot, 'web/vite.config.ts'))) {
    say('Nothing to build: web/ is missing.');
    return;
  }
  const stamp = join(webDist, '.built-from');
  const sources = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  say('Building the pages …');
  const started = performance.now();
  const built = runToEnd({
    name: 'The build of the pages',
    command: process.execPath,
    args: [
      join(projectRoot, 'node_modules/vite/bin/vite.js'),
      'build',
      'web',
      '--outDir',
      webDist,
      '--emptyOutDir',
    ],
    cwd: projectRoot,
    env: { ...process.env, NODE_ENV: 'production' },
    logFile: join(logDir, 'web-build.log'),
  });
  try {
    await built;
  } catch (error) {
    // An older build is better than none.
    if (!existsSync(join(webDist, 'index.html'))) throw error;
    complain(`${error instanceof Error ? error.message : error}\nUsing the previous build.`);
    return;
  }
  writeFileSync(stamp, sources);
  say(`The pages are built (${since(started)}).`);
}

/** Names, sizes and times of all sources of the pages. */
function fingerprint(): string {
  const files = globSync(['web/**/*', 'shared/**/*.ts', 'package-lock.json'], { cwd: projectRoot }).sort();
  const hash = createHash('sha256');
  for (const file of files) {
    const stat = statSync(join(projectRoot, file));
    if (stat.isFile()) hash.update(`${file} ${stat.size} ${Math.floor(stat.mtimeMs)}\n`);
  }
  return hash.digest('hex');
}
