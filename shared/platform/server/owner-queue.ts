/** How long an owner waits after a job was killed: starting a process costs more than what most jobs do. */
const restMs = 1000;

/** Jobs that wait for a process: owners (tenants) take turns, and none of them uses more than its share. */
export interface OwnerQueue<Job extends { owner: string }> {
  push(job: Job): void;
  /** Whether a job may begin now. */
  hasNext(): boolean;
  /** The job that begins now; its owner goes to the end of the line. Null: none may. */
  next(): Job | null;
  /** A job that `next` gave has ended. */
  end(job: Job): void;
  /** The jobs of an owner wait for a second. */
  rest(owner: string): void;
  /** Takes a waiting job out; false: it does not wait. */
  remove(job: Job): boolean;
  /** Jobs that wait. */
  size(): number;
}

/** @param onRested called when an owner may begin jobs again */
export function createOwnerQueue<Job extends { owner: string }>(
  perOwner: number,
  onRested: () => void,
): OwnerQueue<Job> {
  /** Jobs by owner. The owner whose turn is next comes first. */
  const queues = new Map<string, Job[]>();
  const running = new Map<string, number>();
  /** Owners one of whose jobs was killed a moment ago. */
  const resting = new Set<string>();

  const nextOwner = (): string | undefined =>
    [...queues.keys()].find((owner) => !resting.has(owner) && (running.get(owner) ?? 0) < perOwner);

  return {
    push(job) {
      const queue = queues.get(job.owner);
      if (queue) queue.push(job);
      else queues.set(job.owner, [job]);
    },
    hasNext: () => nextOwner() !== undefined,
    next() {
      const owner = nextOwner();
      const queue = owner === undefined ? undefined : queues.get(owner);
      const job = queue?.shift();
      if (owner === undefined || !queue || !job) return null;
      queues.delete(owner);
      if (queue.length > 0) queues.set(owner, queue);
      running.set(owner, (running.get(owner) ?? 0) + 1);
      return job;
    },
    end({ owner }) {
      const left = (running.get(owner) ?? 0) - 1;
      if (left <= 0) running.delete(owner);
      else running.set(owner, left);
    },
    rest(owner) {
      // What no tenant owns is the work of many.
      if (owner === '') return;
      resting.add(owner);
      setTimeout(() => {
        resting.delete(owner);
        onRested();
      }, restMs);
    },
    remove(job) {
      const queue = queues.get(job.owner);
      const at = queue?.indexOf(job) ?? -1;
      if (!queue || at < 0) return false;
      queue.splice(at, 1);
      if (queue.length === 0) queues.delete(job.owner);
      return true;
    },
    size: () => [...queues.values()].reduce((sum, queue) => sum + queue.length, 0),
  };
}
