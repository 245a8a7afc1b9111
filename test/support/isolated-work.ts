import { writeFileSync } from 'node:fs';
import { isolated } from '../../shared/platform/server/isolates/isolated.ts';

// What a tenant's work may do to its isolate.

export function echo(value: unknown): unknown {
  return value;
}

export function spin(ms: number): string {
  const until = performance.now() + ms;
  while (performance.now() < until);
  return 'done';
}

export function fillHeap(): number {
  const kept: unknown[] = [];
  for (;;) kept.push({ kept: kept.length });
}

/** Ends the process by V8's own hand. */
export function tooLargeForV8(): number {
  const sizes: Set<number> = new Set();
  for (let size = 0; size < 2 ** 26; size++) sizes.add(size);
  return sizes.size;
}

export function kill(): void {
  process.kill(process.pid, 'SIGKILL');
}

export function look(): { environment: string[]; writes: string } {
  return {
    environment: Object.keys(process.env),
    writes: refusalOf(() => writeFileSync('/tmp/isolate', '')),
  };
}

function refusalOf(work: () => void): string {
  try {
    work();
    return 'none';
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

const module = import.meta.url;
export const there = {
  echo: isolated(echo, module),
  spin: isolated(spin, module),
  fillHeap: isolated(fillHeap, module),
  tooLargeForV8: isolated(tooLargeForV8, module),
  kill: isolated(kill, module),
  look: isolated(look, module),
};
