import { errorOf } from './api-error.ts';
import type { operations } from './api-types.ts';
import { type Connection, open } from './call-api.ts';
import { readMessages } from './read-messages.ts';
import { reconnecting } from './reconnecting.ts';

export type OutputChunk =
  operations['executions_chunks_stream']['responses'][200]['content']['text/event-stream'];

export interface ChunkFilter {
  id: string;
  /** Of the last chunk that was processed: `<attempt>.<number>`. */
  after?: string;
  signal?: AbortSignal;
}

/** In their order, each once, also over a lost connection. Leaving the loop closes it. */
export type Chunks = AsyncGenerator<OutputChunk, void, undefined>;

/** Ends when the execution has ended. @throws InterlockApiError when the server refuses */
export async function* followChunks(connection: Connection, { id, after, signal }: ChunkFilter): Chunks {
  let position = after;
  let ended = false;
  const left = new AbortController();
  const over = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
  try {
    yield* reconnecting(
      over,
      async function* (heard) {
        const response = await open(
          connection,
          `/api/tools/executions/${encodeURIComponent(id)}/chunks/stream`,
          {
            headers: { accept: 'text/event-stream', ...(position ? { 'last-event-id': position } : {}) },
            signal: over,
          },
        );
        if (!response.ok || !response.body)
          throw errorOf(response, await response.json().catch(() => undefined));
        for await (const message of readMessages(response.body)) {
          heard();
          if (message.event === 'end') {
            ended = true;
            return;
          }
          if (message.id === undefined || message.data === undefined) continue;
          position = message.id;
          yield JSON.parse(message.data) as OutputChunk;
        }
      },
      () => ended,
    );
  } finally {
    left.abort();
  }
}
