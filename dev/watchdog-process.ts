import { setTimeout as sleep } from 'node:timers/promises';
import { processStartTime } from './process-identity.ts';

// A separate process that ends shortly after its parent. Lines on stdin: "+ <pid> <signal>" and "- <pid>",
// each pid the leader of a process group. When stdin closes, the parent has ended: every group that
// is still listed gets its signal, and SIGKILL when it does not end.

const graceMs = 5000;
const groups = new Map<number, NodeJS.Signals>();
let rest = '';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk: string) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) {
    const [verb, pid, signal] = line.split(' ');
    if (verb === '+') groups.set(Number(pid), (signal ?? 'SIGTERM') as NodeJS.Signals);
    else groups.delete(Number(pid));
  }
});
process.stdin.on('close', async () => {
  const last = [...groups].reverse();
  for (const [pid, signal] of last) send(pid, signal);
  const deadline = performance.now() + graceMs;
  // Not signal 0: an ended process that no one has collected yet still accepts it.
  while (last.some(([pid]) => processStartTime(pid) !== null) && performance.now() < deadline)
    await sleep(50);
  for (const [pid] of last) send(pid, 'SIGKILL');
  process.exit(0);
});

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Already gone.
  }
}
