import { tailNow } from '../../../shared/events/db/events.ts';
import { knownEventTypes } from '../../../shared/events/event-types.ts';
import {
  formatPosition,
  parsePosition,
  streamEvent,
  type TailBatch,
  tailOf,
} from '../../../shared/events/server/event-tail.ts';
import { chunkKinds, chunkListInputSchema } from '../../../shared/executions/output-chunks.ts';
import { InterlockError } from '../../../shared/platform/error-codes.ts';
import { isWanted } from '../../live/event-filter.ts';
import { followOutput } from '../../live/follow-output.ts';
import { createLoaders, type GraphqlContext } from '../graphql-context.ts';
import { enumOf, type SchemaPart } from '../part.ts';
import { stoppable } from '../stoppable.ts';

interface EventArguments {
  after?: string | null;
  types?: string[] | null;
  exceptionId?: string | null;
  runId?: string | null;
}

/** What follows the log of events, as the other live streams do. */
export const livePart: SchemaPart = {
  sdl: `
${enumOf('ChunkKind', chunkKinds)}

"An event in the order of the log."
type EventInLog @needs(permission: "events.read") {
  "The \`after\` of a subscription that goes on here."
  position: String!
  event: Event!
}

"A part of what a call shows while it runs."
type OutputChunk @needs(permission: "executions.read") {
  "The \`after\` of a subscription that goes on here."
  position: String!
  attempt: Int!
  number: Int!
  kind: ChunkKind!
  "Redacted."
  value: JSON
  at: DateTime!
}

extend type Subscription {
  "Every event from now on, or after a position, each once."
  events(after: String, types: [String!], exceptionId: ID, runId: ID): EventInLog!
  "An execution as it is, and again after each change. Completes when it has ended."
  execution(id: ID!): Execution!
  "A run as it is, and again after each change of it or its steps. Completes when it has ended."
  run(id: ID!): PlaybookRun!
  "What a call shows, from the beginning or after a position. Completes when it has ended."
  executionChunks(id: ID!, after: String): OutputChunk!
}
`,
  resolvers: {},
  streams: {
    events: async (_source, { after, types, exceptionId, runId }: EventArguments, context) => {
      const filter = {
        types: types ?? undefined,
        exceptionId: exceptionId ?? undefined,
        runId: runId ?? undefined,
      };
      checkTypes(filter.types);
      const given = parsePosition(after);
      if (after && !given) throw invalid('/after', 'is not a position of this log');
      const start = given ?? (await now(context));
      return follow(context, async function* (batches) {
        for await (const { events } of batches(start))
          for (const event of events.filter((each) => isWanted(each, filter))) {
            renew(context);
            yield { events: { position: formatPosition(event), event: streamEvent(event) } };
          }
      });
    },
    execution: (_source, { id }: { id: string }, context) =>
      followState(context, {
        read: () => context.loaders.execution.load(id),
        notFound: 'Execution not found.',
        isAbout: ({ subjectType, subjectId }) => subjectType === 'execution' && subjectId === id,
        shown: (execution) => ({ execution }),
      }),
    run: (_source, { id }: { id: string }, context) =>
      followState(context, {
        read: () => context.loaders.run.load(id),
        notFound: 'Run not found.',
        isAbout: (event) => isWanted(event, { runId: id }),
        shown: (run) => ({ run }),
      }),
    executionChunks: async (_source, { id, after }: { id: string; after?: string | null }, context) => {
      const { services, identity } = context;
      const read = (from: string | undefined) =>
        services.executor.chunks(identity, chunkListInputSchema.parse({ id, after: from }));
      const first = await read(after ?? undefined);
      return stoppable(context.signal, async function* (signal) {
        for await (const { items } of followOutput(first, read, signal))
          for (const chunk of items)
            yield { executionChunks: { ...chunk, position: `${chunk.attempt}.${chunk.number}` } };
      });
    },
  },
};

function checkTypes(types: readonly string[] | undefined): void {
  const unknown = types?.find((type) => !(knownEventTypes as readonly string[]).includes(type));
  if (unknown !== undefined)
    throw invalid('/types', `has ${JSON.stringify(unknown)}, which is no type of event`);
}

const invalid = (path: string, message: string) =>
  new InterlockError('invalid_input', 'Some arguments are not valid.', {
    issues: [{ path, message, keyword: 'argument' }],
  });

const now = ({ services }: GraphqlContext) => services.db.system(tailNow);

/** What was read for the value before may have changed. */
function renew(context: GraphqlContext): void {
  context.loaders = createLoaders(context, context.read);
}

type Position = Awaited<ReturnType<typeof now>>;

function follow<T>(
  context: GraphqlContext,
  values: (batches: (from: Position) => AsyncGenerator<TailBatch>) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  const { services, identity } = context;
  return stoppable(context.signal, (signal) =>
    values((from) => tailOf(services).follow(identity.tenantId, from, signal)),
  );
}

interface Followed<State> {
  read(): Promise<State | null>;
  notFound: string;
  isAbout(event: TailBatch['events'][number]): boolean;
  shown(state: State): unknown;
}

/** A state now and after each change, until it is completed. @throws InterlockError `not_found` */
async function followState<State extends { completedAt: string | null }>(
  context: GraphqlContext,
  { read, notFound, isAbout, shown }: Followed<State>,
): Promise<AsyncGenerator<unknown>> {
  // Before the state is read: what changes after that is followed.
  const start = await now(context);
  const first = await read();
  if (!first) throw new InterlockError('not_found', notFound);
  return follow(context, async function* (batches) {
    yield shown(first);
    if (first.completedAt !== null) return;
    for await (const { events } of batches(start)) {
      if (!events.some(isAbout)) continue;
      renew(context);
      const state = await read();
      if (!state) return;
      yield shown(state);
      if (state.completedAt !== null) return;
    }
  });
}
