import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { expect } from 'vitest';
import { projectRoot } from '../../dev/paths.ts';

const source = join(projectRoot, 'worker/workflows');
const cache = join(projectRoot, '.cache/test');

/**
 * Bundles a copy of the workflow code in which one file is changed.
 * @param change must change the file
 */
export async function bundleChanged(
  file: string,
  change: (code: string) => string,
): Promise<WorkflowBundleWithSourceMap> {
  mkdirSync(cache, { recursive: true });
  const copy = mkdtempSync(join(cache, 'workflows-'));
  try {
    cpSync(source, copy, { recursive: true });
    for (const name of readdirSync(copy)) {
      const path = join(copy, name);
      const code = readFileSync(path, 'utf8');
      const changed = name === file ? change(code) : code;
      if (name === file) expect(changed).not.toBe(code);
      // Imports that leave the folder still lead to the original files.
      writeFileSync(
        path,
        changed.replace(/from '(\.\.\/[^']+)'/g, (_, to) => `from '${resolve(source, to)}'`),
      );
    }
    return await bundleWorkflowCode({
      workflowsPath: join(copy, 'index.ts'),
      logger: new DefaultLogger('ERROR'),
    });
  } finally {
    rmSync(copy, { recursive: true });
  }
}
