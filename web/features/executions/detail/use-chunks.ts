import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { createStore, produce } from 'solid-js/store';
import { api, type Outputs } from '../../../api/trpc.ts';
import { type Execution, isOpen } from '../parts/execution-words.ts';

/** A part of what an execution shows. */
export type Chunk = Outputs['executions']['chunks']['items'][number];

const soonestMs = 400;
const latestMs = 2_000;
/** As long as they are kept. */
const keptMs = 86_400_000;

/**
 * What an execution shows while it runs, in order. A request that fails is made again from the same position: nothing is
 * missed and nothing comes twice. After a failure, what was shown is read once; a success has its output.
 * @returns `lost`: the last request failed
 */
export function useChunks(execution: Accessor<Execution>): {
  chunks: readonly Chunk[];
  lost: Accessor<boolean>;
} {
  const [chunks, setChunks] = createStore<Chunk[]>([]);
  const [lost, setLost] = createSignal(false);
  const [following, setFollowing] = createSignal(false);
  let gone = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => {
    gone = true;
    clearTimeout(timer);
  });

  async function read(id: string, after: string | undefined, waitMs: number): Promise<void> {
    let next = after;
    let nextMs = Math.min(latestMs, waitMs * 1.25);
    try {
      const page = await api.executions.chunks.query({ id, after });
      if (gone) return;
      setLost(false);
      next = page.after;
      if (page.items.length > 0) {
        nextMs = soonestMs;
        setChunks(produce((list) => list.push(...page.items)));
      }
      if (page.ended) {
        setFollowing(false);
        return;
      }
    } catch {
      if (gone) return;
      setLost(true);
    }
    timer = setTimeout(() => void read(id, next, nextMs), nextMs);
  }

  const isWorthReading = () => {
    const { status, completedAt } = execution();
    if (isOpen(execution())) return status === 'running';
    return status === 'failed' && completedAt !== null && Date.now() - Date.parse(completedAt) < keptMs;
  };
  createEffect(
    on(isWorthReading, (isWorth) => {
      if (!isWorth || following() || chunks.length > 0) return;
      setFollowing(true);
      void read(execution().id, undefined, soonestMs);
    }),
  );
  return { chunks, lost };
}
