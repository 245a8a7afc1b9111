import DataLoader from 'dataloader';
import type { BatchCallView, BatchSummary } from '../../shared/batches/batch-schemas.ts';
import type { AuditEvent } from '../../shared/events/audit-schemas.ts';
import type { EventsOf } from '../../shared/events/db/events.ts';
import { eventPagesOf } from '../../shared/events/server/list-events.ts';
import { type ExceptionAlone, readExceptions } from '../../shared/exceptions/server/exception-views.ts';
import { readPayloads } from '../../shared/executions/db/executions-of.ts';
import type { Execution, ExecutionSummary } from '../../shared/executions/execution-schemas.ts';
import {
  readAttemptsOf,
  readExecutionPagesOf,
  readExecutionSummaries,
} from '../../shared/executions/server/read-executions.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import type { JsonValue } from '../../shared/platform/json.ts';
import type { Page, PageOfEach } from '../../shared/platform/server/paging.ts';
import type { PlaybookSummary } from '../../shared/playbooks/playbook-schemas.ts';
import type { RunSummary, RunView } from '../../shared/playbooks/run-schemas.ts';
import { readPlaybookSummaries } from '../../shared/playbooks/server/read-playbooks.ts';
import { readToolSummaries } from '../../shared/tools/server/read-tools.ts';
import type { ToolSummary } from '../../shared/tools/tool-schemas.ts';
import type { KnownContext } from '../trpc.ts';
import type { ReadGates } from './read-gates.ts';

/** What resolvers use: who asks, and readers that collect what one level of a query needs into one statement. */
export interface GraphqlContext extends KnownContext {
  /** Aborts when the query has taken too long, or no one waits for it any more. */
  signal: AbortSignal;
  /** Runs a read when few others of the tenant do. @throws the reason of `signal` */
  read<T>(work: () => Promise<T>): Promise<T>;
  loaders: Loaders;
}

type ById<T> = DataLoader<string, T | null>;
type PagesOf<T> = (page: PageOfEach) => DataLoader<string, Page<T>>;

export interface Loaders {
  exception: ById<ExceptionAlone>;
  run: ById<RunSummary>;
  runView: ById<Omit<RunView, 'stalled' | 'undo'>>;
  execution: ById<ExecutionSummary>;
  attempts: DataLoader<string, Execution['attempts']>;
  input: ById<JsonValue>;
  output: ById<JsonValue>;
  tool: ById<ToolSummary>;
  playbook: ById<PlaybookSummary>;
  batch: ById<BatchSummary>;
  callsOfBatch: PagesOf<BatchCallView>;
  runsOfException: PagesOf<RunSummary>;
  executionsOfException: PagesOf<ExecutionSummary>;
  eventsOfException: PagesOf<AuditEvent>;
  eventsOfRun: PagesOf<AuditEvent>;
  eventsOfExecution: PagesOf<AuditEvent>;
}

/** Of all inputs, or all outputs, of a query, in bytes: where there are many, each may be shorter. */
const payloadBytes = 8 * 1024 * 1024;
const shortest = 4096;

export function createGraphqlContext(
  context: KnownContext,
  signal: AbortSignal,
  gates: ReadGates,
): GraphqlContext {
  const read: GraphqlContext['read'] = (work) => gates.pass(context.identity.tenantId, signal, work);
  return { ...context, signal, read, loaders: createLoaders(context, read) };
}

/** New ones for each value of a subscription: what was read before may have changed. */
export function createLoaders(context: KnownContext, read: GraphqlContext['read']): Loaders {
  const { services, identity } = context;
  const byId = <T extends { id: string }>(load: (ids: readonly string[]) => Promise<T[]>): ById<T> =>
    new DataLoader(async (ids) => {
      const found = new Map((await read(() => load(ids))).map((each) => [each.id, each]));
      return ids.map((id) => found.get(id) ?? null);
    });
  const payload = (what: 'input' | 'output'): ById<JsonValue> =>
    new DataLoader<string, JsonValue>(async (ids) => {
      const longest = Math.max(shortest, Math.floor(payloadBytes / ids.length));
      const { values, longer } = await read(() =>
        services.db.tenant(identity.tenantId, (connection) => readPayloads(connection, what, ids, longest)),
      );
      return ids.map((id) => (longer.has(id) ? tooLong(what, id, longest) : (values.get(id)?.value ?? null)));
    });
  const eventsOf = (of: (ids: readonly string[]) => EventsOf): PagesOf<AuditEvent> =>
    pagesOf((ids, page) => eventPagesOf(context, of(ids), page));
  /** A loader for each page that is asked for. */
  function pagesOf<T>(
    load: (ids: readonly string[], page: PageOfEach) => Promise<Map<string, Page<T>>>,
  ): PagesOf<T> {
    const loaders = new Map<string, DataLoader<string, Page<T>>>();
    return (page) => {
      const key = JSON.stringify([page.limit, page.cursor]);
      let loader = loaders.get(key);
      if (!loader) {
        loader = new DataLoader(async (ids) => {
          const pages = await read(() => load(ids, page));
          return ids.map((id) => pages.get(id)!);
        });
        loaders.set(key, loader);
      }
      return loader;
    };
  }
  return {
    exception: byId((ids) => readExceptions(context, ids)),
    run: byId((ids) => services.runs.summaries(context, ids)),
    runView: byId((ids) => services.runs.views(context, ids)),
    execution: byId((ids) => readExecutionSummaries(services, identity, ids)),
    attempts: new DataLoader(async (ids) => {
      const found = await read(() => readAttemptsOf(services, identity, ids));
      return ids.map((id) => found.get(id) ?? []);
    }),
    input: payload('input'),
    output: payload('output'),
    tool: byId((ids) => readToolSummaries(context, ids)),
    playbook: byId((ids) => readPlaybookSummaries(context, ids)),
    batch: byId((ids) => services.batches.summaries(context, ids)),
    callsOfBatch: pagesOf((ids, page) => services.batches.callPagesOf(context, ids, page)),
    runsOfException: pagesOf((ids, page) => services.runs.pagesOf(context, ids, page)),
    executionsOfException: pagesOf((ids, page) => readExecutionPagesOf(services, identity, ids, page)),
    eventsOfException: eventsOf((exceptionIds) => ({ exceptionIds })),
    eventsOfRun: eventsOf((ids) => ({ subject: 'run', ids })),
    eventsOfExecution: eventsOf((ids) => ({ subject: 'execution', ids })),
  };
}

const tooLong = (what: string, id: string, longest: number) =>
  new InterlockError(
    'payload_too_large',
    `This ${what} has more than ${longest} bytes, which is what each may have in a query of so many. Ask for fewer at once, or read /api/tools/executions/${id}.`,
    { details: { longest } },
  );
