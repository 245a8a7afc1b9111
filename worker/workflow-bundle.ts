import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleOption } from '@temporalio/worker';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Folders that workflow code may import, but for the effectful half of `shared`. */
const sources = ['worker/workflows', 'shared'];
const effectful = /(^|[/\\])(server|db|client)[/\\]/;
const require = createRequire(import.meta.url);

/**
 * The workflow code as one file, cached in `.cache` by the hash of its sources: bundling takes seconds, a start should
 * not.
 */
export async function workflowBundle(
  folder = join(root, '.cache', 'workflows'),
): Promise<{ codePath: string }> {
  const codePath = join(folder, `${contentHash()}.js`);
  if (!existsSync(codePath)) {
    const { code } = await bundleWorkflowCode({
      workflowsPath: join(root, 'worker/workflows/index.ts'),
      logger: new DefaultLogger('ERROR'),
    });
    mkdirSync(folder, { recursive: true });
    removeOld(folder);
    // Written to another file and then renamed, so that another process never reads half of it.
    const draft = `${codePath}.${process.pid}`;
    writeFileSync(draft, code);
    renameSync(draft, codePath);
  }
  return { codePath };
}

/** Names workflow code: the build id of a worker that runs it. */
export function buildIdOf(bundle: WorkflowBundleOption): string {
  const code = 'codePath' in bundle ? readFileSync(bundle.codePath) : bundle.code;
  return createHash('sha256').update(code).digest('hex').slice(0, 12);
}

/** Removes bundles older than a day; another process may be about to read a younger one. */
function removeOld(folder: string): void {
  const yesterday = Date.now() - 24 * 60 * 60_000;
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    const madeAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
    if (madeAt < yesterday) rmSync(path, { force: true });
  }
}

function contentHash(): string {
  const hash = createHash('sha256').update(require('@temporalio/worker/package.json').version);
  for (const source of sources) {
    const files = readdirSync(join(root, source), { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !effectful.test(file),
    );
    for (const file of files.sort())
      hash.update(`${source}/${file}\0`).update(readFileSync(join(root, source, file)));
  }
  return hash.digest('hex').slice(0, 32);
}
