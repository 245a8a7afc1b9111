import { readFileSync } from 'node:fs';

/** CPU time of a process so far, in steps of 10 ms; null where `/proc` does not say. */
export function cpuTimeMs(pid: number | undefined): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}

/** Memory of a process that is not shared with files; null where `/proc` does not say. */
export function memoryBytes(pid: number | undefined): number | null {
  try {
    const [, resident, shared] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ');
    return (Number(resident) - Number(shared)) * 4096;
  } catch {
    return null;
  }
}
