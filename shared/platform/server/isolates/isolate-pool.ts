import { createOwnerQueue } from '../owner-queue.ts';
import { EndedError, type Isolate, startIsolate } from './isolate.ts';
import type { Job, Reply, Task } from './isolate-protocol.ts';

export interface IsolatePool {
  /** @throws EndedError with `time` or `memory` when the job exceeded its budget */
  run(job: Job): Promise<Reply>;
}

interface Waiting extends PromiseWithResolvers<Reply> {
  owner: string;
  job: Job;
  /** Whether an isolate was lost under it. */
  lostOnce: boolean;
}

interface Member {
  isolate: Isolate;
  loaded: Set<string>;
  busy: boolean;
}

/** Loading modules is our own code: it takes time, but is no attack. */
const loadCpuMs = 20_000;

/** At most `size` isolates, started when they are needed and replaced when they end. */
export function createIsolatePool(
  size: number,
  modules: readonly string[],
  onProcess: (pid: number, alive: boolean) => void,
): IsolatePool {
  let members: Member[] = [];
  const queue = createOwnerQueue<Waiting>(Math.max(1, Math.floor(size / 2)), dispatch);

  return {
    run(job) {
      const waiting: Waiting = {
        ...Promise.withResolvers<Reply>(),
        owner: job.owner,
        job,
        lostOnce: false,
      };
      queue.push(waiting);
      dispatch();
      return waiting.promise;
    },
  };

  function dispatch(): void {
    while (queue.hasNext()) {
      const member = members.find(({ busy }) => !busy) ?? (members.length < size ? addMember() : null);
      const waiting = member && queue.next();
      if (!waiting) return;
      void work(member, waiting);
    }
  }

  function addMember(): Member {
    const member: Member = { isolate: startIsolate(onProcess), loaded: new Set(), busy: false };
    members.push(member);
    return member;
  }

  async function work(member: Member, waiting: Waiting): Promise<void> {
    const { job } = waiting;
    member.busy = true;
    try {
      await load(member, [job.module]);
      const task: Task = { module: job.module, name: job.name, args: job.args, maxBytes: job.maxBytes };
      waiting.resolve(await member.isolate.run(task, job.cpuMs));
      member.busy = false;
    } catch (error) {
      replace(member);
      retryOrReject(waiting, error);
    } finally {
      queue.end(waiting);
      dispatch();
    }
  }

  async function load(member: Member, needed: readonly string[]): Promise<void> {
    if (needed.every((module) => member.loaded.has(module))) return;
    // All that this process may need, so that a job rarely waits for it.
    const missing = [...new Set([...needed, ...modules])].filter((module) => !member.loaded.has(module));
    const reply = await member.isolate.run({ load: missing }, loadCpuMs);
    if ('failed' in reply) throw new Error(reply.failed);
    for (const module of missing) member.loaded.add(module);
  }

  /** The next job finds a warm isolate. */
  function replace(ended: Member): void {
    ended.isolate.kill();
    members = members.filter((each) => each !== ended);
    const next = addMember();
    next.busy = true;
    load(next, modules)
      .catch(() => {
        members = members.filter((each) => each !== next);
      })
      .finally(() => {
        next.busy = false;
        dispatch();
      });
  }

  /** A job whose isolate someone else ended is tried once more. */
  function retryOrReject(waiting: Waiting, error: unknown): void {
    if (error instanceof EndedError && error.ending === 'lost' && !waiting.lostOnce) {
      waiting.lostOnce = true;
      queue.push(waiting);
    } else {
      if (error instanceof EndedError) queue.rest(waiting.owner);
      waiting.reject(error);
    }
  }
}
