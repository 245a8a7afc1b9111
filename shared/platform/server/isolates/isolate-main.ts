import { decodeArgs, encodeResult, type Reply, type Task } from './isolate-protocol.ts';

// The program of an isolate: it runs one function at a time, by name, and is killed when that exceeds its
// budget. It has no environment, and Node's permission model leaves it nothing but reading files.

const functions = new Map<string, Record<string, (...args: unknown[]) => unknown>>();

process.on('message', async (task: Task) => {
  process.send?.(await replyTo(task));
});
process.on('disconnect', () => process.exit());
// A terminal sends these to the whole group; the process that owns the isolate decides.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});

async function replyTo(task: Task): Promise<Reply> {
  try {
    if ('load' in task) {
      for (const module of task.load) functions.set(module, await import(module));
      return {};
    }
    const { module, name, args, maxBytes } = task;
    const run = functions.get(module)?.[name];
    if (!run) throw new Error(`${module} exports no ${name}`);
    return encodeResult(await run(...decodeArgs(args)), maxBytes);
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
