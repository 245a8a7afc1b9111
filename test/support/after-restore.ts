import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { projectRoot } from '../../dev/paths.ts';
import { testAuthSecret } from './test-api.ts';

/** Runs the command of an operator in a process of its own. @returns its report */
export async function afterRestore(
  older: 'database' | 'temporal',
  env: Record<string, string>,
): Promise<unknown> {
  const command = join(projectRoot, 'api/after-restore.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [command, older], {
    env: {
      ...process.env,
      TEMPORAL_ADDRESS: inject('servers').temporalAddress,
      INTERLOCK_AUTH_SECRET: testAuthSecret,
      INTERLOCK_VAULT_KEYS: JSON.stringify({
        keys: [{ id: 'test', key: Buffer.alloc(32).toString('base64') }],
      }),
      INTERLOCK_LOG_LEVEL: 'silent',
      ...env,
    },
  });
  return JSON.parse(stdout);
}
