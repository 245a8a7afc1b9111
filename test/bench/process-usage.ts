import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second, on every architecture that Node supports. */
const msPerTick = 10;

/** CPU time of a process since its start, in milliseconds; `main` is that of its main thread. Linux only: null elsewhere. */
export function processCpu(pid: number): { all: number; main: number } | null {
  const main = ticks(`/proc/${pid}/task/${pid}/stat`);
  const all = ticks(`/proc/${pid}/stat`);
  if (!all || !main) return null;
  return { all: all.own * msPerTick, main: main.own * msPerTick };
}

/** CPU time of a process and of those that it started and that still run or have ended, as PostgreSQL works. */
export function familyCpu(pid: number): number | null {
  const parent = ticks(`/proc/${pid}/stat`);
  if (!parent) return null;
  let sum = parent.own + parent.ended;
  for (const name of readdirSync('/proc')) {
    const child = /^\d+$/.test(name) ? ticks(`/proc/${name}/stat`) : null;
    if (child?.parent === pid) sum += child.own;
  }
  return sum * msPerTick;
}

function ticks(file: string): { parent: number; own: number; ended: number } | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  // The name of the program, in parentheses, may contain anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const at = (field: number) => Number(fields[field - 3]);
  return { parent: at(4), own: at(14) + at(15), ended: at(16) + at(17) };
}

/** The processes that a process started and that still run. Linux only: none elsewhere. */
export function childrenOf(pid: number): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && ticks(`/proc/${name}/stat`)?.parent === pid)
      .map(Number);
  } catch {
    return [];
  }
}

/** Resident memory of a process. Linux only: NaN elsewhere. */
export function residentMegabytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
