import { approvalStatuses } from '../../../shared/executions/approval-schemas.ts';
import {
  type ExecutionSummary,
  executionListInputSchema,
} from '../../../shared/executions/execution-schemas.ts';
import { executionStatuses, failureCodes } from '../../../shared/executions/failure-codes.ts';
import { isUuid } from '../../../shared/platform/ids.ts';
import { connection, listInput, pageInput } from '../pages.ts';
import { connectionOf, enumOf, pageArguments, type SchemaPart } from '../part.ts';

export const executionsPart: SchemaPart = {
  sdl: `
${enumOf('ExecutionStatus', executionStatuses)}
${enumOf('FailureCode', failureCodes)}
${enumOf('ApprovalStatus', approvalStatuses)}
enum AttemptStatus { running succeeded failed unknown }

"One durable, governed call of a tool."
type Execution @needs(permission: "executions.read") {
  id: ID!
  toolId: ID!
  toolName: String!
  toolTitle: String!
  toolVersion: Int!
  "Null when it is archived."
  tool: Tool
  connector: UsedConnector
  status: ExecutionStatus!
  failure: Failure
  "Redacted. With many in one query, one that is long is an error."
  input: JSON @cost(each: 2)
  "Redacted; null until there is one."
  output: JSON @cost(each: 2)
  "Null when it belongs to none that is stored."
  exception: Exception
  exceptionId: String
  actor: Actor!
  "What the policies of the organization decided."
  policy: JSON @cost(each: 1)
  approval: Approval
  attemptCount: Int!
  attempts: [Attempt!]! @list(size: 2)
  maxAttempts: Int!
  "How someone settled an unknown outcome."
  settlement: Settlement
  rerunOf: ID
  cancelRequestedAt: DateTime
  quarantined: Quarantine
  payloadsRemovedAt: DateTime
  createdAt: DateTime!
  startedAt: DateTime
  completedAt: DateTime
  durationMs: Float
  workflowId: String!
  temporalUrl: String
  "Newest first."
  events(${pageArguments(5)}): EventConnection!
}

type UsedConnector { id: ID! name: String! revision: Int! }
type Approval { status: ApprovalStatus! expiresAt: DateTime! }
type Settlement { happened: Boolean! note: String! by: Actor! at: DateTime! }

"One call of the provider."
type Attempt @needs(permission: "executions.read") {
  number: Int!
  startedAt: DateTime!
  endedAt: DateTime
  status: AttemptStatus!
  httpStatus: Int
  error: Failure
  willRetryAt: DateTime
  "What was sent, with every secret replaced."
  request: JSON @cost(each: 10)
  "Status and headers of the response, with secrets replaced."
  response: JSON @cost(each: 5)
  log: [String!] @cost(each: 5)
}

${connectionOf('Execution')}
extend type Query {
  execution(id: ID!): Execution
  "Newest first."
  executions(${pageArguments(20)}, toolId: ID, exceptionId: String, status: ExecutionStatus, failureCode: FailureCode,
    approval: ApprovalStatus, actor: String, from: DateTime, to: DateTime, q: String): ExecutionConnection!
}
`,
  resolvers: {
    Query: {
      execution: (_source, { id }: { id: string }, { loaders }) => loaders.execution.load(id),
      executions: (_source, args, { read, services, identity }) =>
        read(async () =>
          connection(await services.executor.list(identity, executionListInputSchema.parse(listInput(args)))),
        ),
    },
    Execution: {
      tool: ({ toolId }: ExecutionSummary, _args, { loaders }) => loaders.tool.load(toolId),
      input: ({ id }: ExecutionSummary, _args, { loaders }) => loaders.input.load(id),
      output: ({ id }: ExecutionSummary, _args, { loaders }) => loaders.output.load(id),
      exception: ({ exceptionId }: ExecutionSummary, _args, { loaders }) =>
        // Older executions have what their caller wrote.
        exceptionId !== null && isUuid(exceptionId) ? loaders.exception.load(exceptionId) : null,
      attemptCount: ({ attempts }: ExecutionSummary) => attempts,
      attempts: ({ id }: ExecutionSummary, _args, { loaders }) => loaders.attempts.load(id),
      events: async ({ id }: ExecutionSummary, args, { loaders }) =>
        connection(await loaders.eventsOfExecution(pageInput(args)).load(id)),
    },
  },
};
