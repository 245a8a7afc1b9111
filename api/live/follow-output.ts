import { setTimeout as sleep } from 'node:timers/promises';
import type { ChunkPage } from '../../shared/executions/output-chunks.ts';

/** How soon the next chunks are looked for; the longer there were none, the later. */
const look = { soonestMs: 250, latestMs: 2_000, perSilentMs: 1 / 16 };

/**
 * What an execution shows while it runs, page after page. The last page says that it has ended.
 * @throws the reason of `signal`
 */
export async function* followOutput(
  first: ChunkPage,
  read: (after: string) => Promise<ChunkPage>,
  signal: AbortSignal,
): AsyncGenerator<ChunkPage, void, undefined> {
  let silentSince = Date.now();
  for (let page = first; ; page = await read(page.after)) {
    signal.throwIfAborted();
    yield page;
    if (page.ended) return;
    if (page.items.length > 0) silentSince = Date.now();
    const laterMs = (Date.now() - silentSince) * look.perSilentMs;
    await sleep(Math.min(look.latestMs, look.soonestMs + laterMs), undefined, { signal });
  }
}
