import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const tickMs = 100;

/** Megabytes. `live`: what is left on the heap after a collection; `buffers`: outside of it; `rss`: the whole process. */
export interface Memory {
  live: number;
  buffers: number;
  rss: number;
}

export interface ProcessMemory {
  /** After a collection of garbage. */
  read(): Promise<Memory>;
  /** The highest of each while the work lasts: `rss` often, the others after a collection each `everyMs`. */
  peakDuring<T>(work: () => Promise<T>, everyMs?: number): Promise<{ result: T; peak: Memory }>;
  close(): void;
}

/** Reads the memory of a process that was started with `--inspect`. */
export async function inspectMemory(port: number, pid: number): Promise<ProcessMemory> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(targets[0]!.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  let last = 0;
  const waiting = new Map<number, (result: { result?: { value?: string } }) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data));
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  const ask = (method: string, params: object = {}) =>
    new Promise<{ result?: { value?: string } }>((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  await ask('HeapProfiler.enable');
  const read = async (): Promise<Memory> => {
    await ask('HeapProfiler.collectGarbage');
    const { result } = await ask('Runtime.evaluate', { expression: 'JSON.stringify(process.memoryUsage())' });
    const { heapUsed, external } = JSON.parse(result?.value ?? '{}');
    return { live: inMb(heapUsed), buffers: inMb(external), rss: rss() };
  };
  const inMb = (bytes: number) => Math.round(bytes / 2 ** 20);
  const rss = () => inMb(Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096);
  return {
    read,
    async peakDuring(work, everyMs = 1000) {
      const ticks = Math.ceil(everyMs / tickMs);
      const peak: Memory = { live: 0, buffers: 0, rss: 0 };
      let over = false;
      const raise = (now: Partial<Memory>) => {
        for (const [key, value] of Object.entries(now))
          peak[key as keyof Memory] = Math.max(peak[key as keyof Memory], value);
      };
      const look = async () => {
        for (let tick = 1; !over; tick++) {
          await sleep(tickMs);
          raise({ rss: rss() });
          if (tick % ticks !== 0) continue;
          const { live, buffers } = await read();
          raise({ live, buffers });
        }
      };
      const looking = look();
      try {
        return { result: await work(), peak };
      } finally {
        over = true;
        await looking;
      }
    },
    close: () => socket.close(),
  };
}
