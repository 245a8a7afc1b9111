import { EndedError, type Isolate, startIsolate } from './isolate.ts';
import type { Job, Reply, Task } from './isolate-protocol.ts';

export interface IsolatePool {
  /** @throws EndedError with `time` or `memory` when the job exceeded its budget */
  run(job: Job): Promise<Reply>;
}

interface Waiting extends PromiseWithResolvers<Reply> {
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

/** How long an owner waits after a job was killed: starting an isolate costs more than what most jobs do. */
const restMs = 1000;

/** At most `size` isolates, started when they are needed and replaced when they end. */
export function createIsolatePool(
  size: number,
  modules: readonly string[],
  onProcess: (pid: number, alive: boolean) => void,
): IsolatePool {
  const perOwner = Math.max(1, Math.floor(size / 2));
  let members: Member[] = [];
  /** Jobs by owner. The owner whose turn is next comes first. */
  const queues = new Map<string, Waiting[]>();
  const running = new Map<string, number>();
  /** Owners one of whose jobs was killed a moment ago. */
  const resting = new Set<string>();

  return {
    run(job) {
      const waiting: Waiting = { ...Promise.withResolvers<Reply>(), job, lostOnce: false };
      enqueue(waiting);
      dispatch();
      return waiting.promise;
    },
  };

  function enqueue(waiting: Waiting): void {
    const { owner } = waiting.job;
    const queue = queues.get(owner);
    if (queue) queue.push(waiting);
    else queues.set(owner, [waiting]);
  }

  function dispatch(): void {
    for (;;) {
      const owner = [...queues.keys()].find(
        (each) => !resting.has(each) && (running.get(each) ?? 0) < perOwner,
      );
      if (owner === undefined) return;
      const member = members.find(({ busy }) => !busy) ?? (members.length < size ? addMember() : null);
      if (!member) return;
      void work(member, takeNext(owner));
    }
  }

  /** The owner goes to the end of the line. */
  function takeNext(owner: string): Waiting {
    const queue = queues.get(owner)!;
    const next = queue.shift()!;
    queues.delete(owner);
    if (queue.length > 0) queues.set(owner, queue);
    return next;
  }

  function addMember(): Member {
    const member: Member = { isolate: startIsolate(onProcess), loaded: new Set(), busy: false };
    members.push(member);
    return member;
  }

  async function work(member: Member, waiting: Waiting): Promise<void> {
    const { job } = waiting;
    member.busy = true;
    running.set(job.owner, (running.get(job.owner) ?? 0) + 1);
    try {
      await load(member, [job.module]);
      const task: Task = { module: job.module, name: job.name, args: job.args, maxBytes: job.maxBytes };
      waiting.resolve(await member.isolate.run(task, job.cpuMs));
      member.busy = false;
    } catch (error) {
      replace(member);
      retryOrReject(waiting, error);
    } finally {
      const left = running.get(job.owner)! - 1;
      if (left === 0) running.delete(job.owner);
      else running.set(job.owner, left);
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
      enqueue(waiting);
    } else {
      if (error instanceof EndedError) rest(waiting.job.owner);
      waiting.reject(error);
    }
  }

  function rest(owner: string): void {
    // What no tenant owns is the work of many.
    if (owner === '') return;
    resting.add(owner);
    setTimeout(() => {
      resting.delete(owner);
      dispatch();
    }, restMs);
  }
}
