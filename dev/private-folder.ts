import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Creates the folder of the stack's data, and takes from other users what an earlier version left open. From now on,
 * everything that this process and its children create is private.
 * @param but folders inside that look after themselves
 */
export function openPrivateFolder(dir: string, ...but: string[]): void {
  process.umask(0o077);
  mkdirSync(dir, { recursive: true });
  closeToOthers(dir, but);
  // Root lets PostgreSQL run as another user, who must get through to its own folder.
  chmodSync(dir, process.getuid?.() === 0 ? 0o711 : 0o700);
}

function closeToOthers(dir: string, but: string[]): void {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory() && !but.includes(path)) {
      chmodSync(path, 0o700);
      closeToOthers(path, but);
    } else if (entry.isFile()) chmodSync(path, 0o600);
  }
}
