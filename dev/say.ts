/** Lines for the person at the terminal. A closed terminal must not end the process. */
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

export function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** "1.4 s" since `start`, a reading of `performance.now()`. */
export function since(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
