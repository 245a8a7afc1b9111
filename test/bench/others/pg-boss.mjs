import { randomUUID } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import { serveShapes } from '../contender-server.ts';
import { call, connections, databaseUrl, port } from './echo.mjs';

// A job that the process which sent it fetches at once: its workers are woken through NOTIFY, all of them for each job,
// which is slower. Another process would fetch it after a crash. The outcome is recorded with the job.

const boss = new PgBoss({ connectionString: databaseUrl, max: connections });
boss.on('error', (error) => console.error(error));
await boss.start();
const queue = 'execute';
await boss.createQueue(queue);
const waiting = new Map();
await serveShapes(port, {
  async pg_boss(input) {
    const id = randomUUID();
    let done = false;
    const ended = new Promise((resolve) => waiting.set(id, resolve)).then(() => {
      done = true;
    });
    await boss.send(queue, { input }, { id });
    while (!done) {
      // It may be the job of another caller, as ours may be with another one.
      const [job] = await boss.fetch(queue);
      if (job) {
        const outcome = await call();
        await boss.complete(queue, job.id, outcome);
        waiting.get(job.id)?.();
        waiting.delete(job.id);
        await setImmediate();
      } else await Promise.race([ended, setTimeout(5)]);
    }
    return id;
  },
});
process.once('SIGTERM', () => boss.stop({ graceful: false }).then(() => process.exit(0)));
