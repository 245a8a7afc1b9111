import { insertChunks, type NewChunk } from '../../shared/executions/db/execution-chunks.ts';
import { chunkLimits } from '../../shared/executions/output-chunks.ts';
import { type PreparedCall, redactorOf } from '../../shared/executions/server/prepared-call.ts';
import { writeJson } from '../../shared/platform/json-text.ts';
import { partsWithMarks } from '../../shared/platform/redaction/schema-marks.ts';
import {
  createStreamRedactor,
  type StreamPart,
  type StreamRedactor,
} from '../../shared/platform/redaction/stream-redactor.ts';
import { withDatabaseRetry } from '../../shared/platform/server/with-database-retry.ts';
import type { OutputChunk } from '../../shared/tools/server/provider.ts';
import type { ClaimedAttempt } from './claim-next.ts';
import type { ExecutionWorkerContext } from './execution-worker-context.ts';

/** The parts of the output of one call, written while it runs. */
export interface ShownOutput {
  add(chunk: OutputChunk): void;
  /** Resolves when everything is written, or could not be. Never rejects. */
  end(): Promise<void>;
}

/** One statement for what comes within this time, or for so many characters. */
const batchMs = 200;
const batchCharacters = 32_768;
/** A longer part is not shown. */
const longestPart = 65_536;

/**
 * Costs nothing until the first part comes. What is shown decides nothing: if it cannot be written, the call goes on.
 * @param secrets grows while the call runs
 */
export function showOutput(
  { db, log }: ExecutionWorkerContext,
  { row, number: attempt }: ClaimedAttempt,
  call: PreparedCall,
  secrets: ReadonlySet<string>,
): ShownOutput {
  let redactor: { stream: StreamRedactor; secrets: number } | null = null;
  let batch: NewChunk[] = [];
  let waiting = 0;
  let number = 0;
  let characters = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let written: Promise<void> | null = null;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (batch.length === 0) return;
    const chunks = batch;
    batch = [];
    waiting = 0;
    const ids = { executionId: row.id, attempt };
    written = (written ?? Promise.resolve())
      .then(() =>
        withDatabaseRetry(() =>
          db.tenant(row.tenant_id, (connection) => insertChunks(connection, ids, chunks)),
        ),
      )
      .catch((error: unknown) => {
        log.warn({ err: error, executionId: row.id }, 'a part of an output could not be shown');
      });
  }

  /** The last chunk: what follows is not shown. */
  function close(kind: 'shortened' | 'withheld'): void {
    closed = true;
    number += 1;
    batch.push({ number, kind, value: null });
  }

  function write({ kind, value }: StreamPart): void {
    if (closed) return;
    const last = batch.at(-1);
    const size = writeJson(value).length;
    characters += size;
    waiting += size;
    if (characters > chunkLimits.characters) close('shortened');
    else if (kind === 'text' && last?.kind === 'text') last.value = `${last.value}${value}`;
    else if (number + 1 === chunkLimits.count) close('shortened');
    else {
      number += 1;
      batch.push({ number, kind, value });
    }
  }

  /** A token that the call fetches comes before its response. */
  function current(): StreamRedactor {
    if (redactor?.secrets === secrets.size) return redactor.stream;
    redactor?.stream.end().forEach(write);
    const stream = createStreamRedactor(redactorOf({ secrets: [...secrets], pii: call.pii }));
    redactor = { stream, secrets: secrets.size };
    return stream;
  }

  const isWithheld = () => partsWithMarks(call.tool.definition.outputSchema, call.pii !== null).size > 0;

  /** Whatever goes wrong here must not become a failure of the call. */
  function harmlessly(work: () => void): void {
    try {
      work();
    } catch (error) {
      log.warn({ err: error, executionId: row.id }, 'a part of an output could not be shown');
      if (!closed) close('shortened');
    }
  }

  return {
    add({ kind, value }) {
      if (closed) return;
      harmlessly(() => {
        if (redactor === null && isWithheld()) return close('withheld');
        const isLong = kind !== 'text' && writeJson(value).length > longestPart;
        const shown = isLong ? 'A part of the output is too long to be shown here.' : value;
        current().push({ kind, value: shown }).forEach(write);
      });
      if (waiting >= batchCharacters) flush();
      else timer ??= setTimeout(flush, batchMs);
    },
    async end() {
      harmlessly(() => redactor?.stream.end().forEach(write));
      // What a short call has printed is stored with its result, in the same moment.
      if (written !== null || batch.some(({ kind }) => kind !== 'log')) flush();
      clearTimeout(timer);
      closed = true;
      await written;
    },
  };
}
