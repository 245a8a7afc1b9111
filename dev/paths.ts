import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));
/** The data of the embedded stack: databases, keys, logs. `--reset` removes it. */
export const stateDir = join(projectRoot, '.interlock');
/** What can be built again: the Temporal CLI, the pages. */
export const cacheDir = join(projectRoot, '.cache');
export const logDir = join(stateDir, 'logs');
