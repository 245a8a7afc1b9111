import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { processStartTime } from './process-identity.ts';

interface LockHolder {
  pid: number;
  startTime: string | null;
  /** Its address; null while it starts. */
  url: string | null;
}

export type LockResult = { held: true; lock: Lock } | { held: false; holder: LockHolder };

export interface Lock {
  /** Lets a second start say where the first one listens. */
  setUrl(url: string): void;
  release(): void;
}

/** Acquires the lock file, or returns the running process that holds it. A stale lock is replaced. */
export function acquireLock(file: string): LockResult {
  const own: LockHolder = { pid: process.pid, startTime: processStartTime(process.pid), url: null };
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    for (;;) {
      try {
        // A link appears at once and with its content, so no process ever reads half a lock.
        linkSync(draft, file);
        return { held: true, lock: lockOf(file, own) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = readHolder(file);
      if (holder && isHeld(holder)) return { held: false, holder };
      removeStale(file, holder);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

function isHeld(holder: LockHolder): boolean {
  const startTime = processStartTime(holder.pid);
  return startTime !== null && startTime === holder.startTime;
}

/** Two starters may both have seen the same stale lock: the later must not remove the earlier one's new lock. */
function removeStale(file: string, seen: LockHolder | null): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved && moved.pid !== seen?.pid && isHeld(moved)) {
    try {
      linkSync(aside, file);
    } catch {
      // Another process holds it by now; the loop finds out which.
    }
  }
  rmSync(aside, { force: true });
}

function readHolder(file: string): LockHolder | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value !== 'object' || value === null) return null;
    const { pid, startTime, url } = value as Partial<LockHolder>;
    return typeof pid === 'number' ? { pid, startTime: startTime ?? null, url: url ?? null } : null;
  } catch {
    return null;
  }
}

function lockOf(file: string, own: LockHolder): Lock {
  return {
    setUrl(url) {
      const draft = `${file}.url`;
      writeFileSync(draft, JSON.stringify({ ...own, url }), { mode: 0o600 });
      renameSync(draft, file);
    },
    release() {
      if (readHolder(file)?.pid === own.pid) rmSync(file, { force: true });
    },
  };
}
