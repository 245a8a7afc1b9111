import {
  type BatchCallView,
  type BatchSummary,
  batchCallStatuses,
  batchListInputSchema,
  batchStatuses,
} from '../../../shared/batches/batch-schemas.ts';
import { isUuid } from '../../../shared/platform/ids.ts';
import { connection, listInput, pageInput } from '../pages.ts';
import { connectionOf, enumOf, pageArguments, type SchemaPart } from '../part.ts';

export const batchesPart: SchemaPart = {
  sdl: `
${enumOf('BatchStatus', batchStatuses)}
${enumOf('BatchCallStatus', batchCallStatuses)}

"Calls that are run as one unit."
type Batch @needs(permission: "executions.read") {
  id: ID!
  title: String!
  status: BatchStatus!
  reason: String
  counts: BatchCounts!
  exceptionId: String
  exception: Exception
  actor: Actor!
  "Whoever started, resumed or retried it last."
  runBy: Actor!
  createdAt: DateTime!
  endedAt: DateTime
  "In their order."
  calls(${pageArguments(20)}): BatchCallConnection!
}

type BatchCounts { total: Int! ${batchCallStatuses.map((status) => `${status}: Int!`).join(' ')} }

type BatchCall @needs(permission: "executions.read") {
  id: String!
  toolId: ID!
  toolName: String!
  needs: [String!]!
  status: BatchCallStatus!
  executionId: ID
  execution: Execution
  failure: Failure
  "Why it was skipped or cancelled."
  reason: String
  startedAt: DateTime
  endedAt: DateTime
}

${connectionOf('Batch')}
${connectionOf('BatchCall')}
extend type Query {
  batch(id: ID!): Batch
  "Newest first."
  batches(${pageArguments(20)}, status: BatchStatus, q: String): BatchConnection!
}
`,
  resolvers: {
    Query: {
      batch: (_source, { id }: { id: string }, { loaders }) => loaders.batch.load(id),
      batches: (_source, args, context) =>
        context.read(async () =>
          connection(
            await context.services.batches.list(context, batchListInputSchema.parse(listInput(args))),
          ),
        ),
    },
    Batch: {
      exception: ({ exceptionId }: BatchSummary, _args, { loaders }) =>
        exceptionId !== null && isUuid(exceptionId) ? loaders.exception.load(exceptionId) : null,
      calls: async ({ id }: BatchSummary, args, { loaders }) =>
        connection(await loaders.callsOfBatch(pageInput(args)).load(id)),
    },
    BatchCall: {
      execution: ({ executionId }: BatchCallView, _args, { loaders }) =>
        executionId && loaders.execution.load(executionId),
    },
  },
};
