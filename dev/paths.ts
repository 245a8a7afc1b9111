import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));
/** What the embedded stack keeps: databases, keys, logs. `--reset` removes it. */
export const stateDir = join(projectRoot, '.interlock');
/** What can be made again: the Temporal CLI, the built pages. */
export const cacheDir = join(projectRoot, '.cache');
export const logDir = join(stateDir, 'logs');
