import type { RunSummary, StepView } from '../../../shared/playbooks/run-schemas.ts';
import { runListInputSchema, runStatuses, stepStatuses } from '../../../shared/playbooks/run-schemas.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { connection, listInput, pageInput } from '../pages.ts';
import { connectionOf, enumOf, pageArguments, type SchemaPart } from '../part.ts';

const whole =
  (field: 'input' | 'payloadsRemovedAt' | 'steps') =>
  async ({ id }: RunSummary, _args: unknown, { loaders }: GraphqlContext): Promise<unknown> =>
    (await loaders.runView.load(id))?.[field];

export const runsPart: SchemaPart = {
  sdl: `
${enumOf('RunStatus', runStatuses)}
${enumOf('RunStatusFilter', [...runStatuses, 'open'])}
${enumOf('StepStatus', stepStatuses)}

"One pass through a playbook."
type PlaybookRun @needs(permission: "runs.read") {
  id: ID!
  playbookId: ID!
  playbookName: String!
  playbookTitle: String!
  playbookVersion: Int!
  "Null when it is archived."
  playbook: Playbook
  exceptionId: ID
  exception: Exception
  parentRunId: ID
  parentRun: PlaybookRun
  status: RunStatus!
  "Why it failed or was cancelled."
  reason: String
  paused: RunPause
  quarantined: Quarantine
  "Ids of the steps that are waiting or running."
  currentSteps: [String!]!
  waitingOn: String
  progress: Progress!
  startedBy: Actor!
  createdAt: DateTime!
  completedAt: DateTime
  "Redacted."
  input: JSON @cost(each: 2)
  payloadsRemovedAt: DateTime
  "In the order of the playbook, those that were not reached too."
  steps: [Step!]! @list(size: 10)
  "About the run itself, newest first. Those of its steps are among the events of the exception."
  events(${pageArguments(5)}): EventConnection!
}

type RunPause { at: DateTime! by: String! reason: String }
type Quarantine { at: DateTime! reason: String! }
type Progress { done: Int! total: Int! }

"A step of a run, as the caller sees it."
type Step @needs(permission: "runs.read") {
  id: String!
  runId: ID!
  type: String!
  title: String!
  number: Int!
  inside: [StepPlace!]! @list(size: 1)
  status: StepStatus!
  "Markdown."
  instructions: String!
  assignee: StepAssignee
  waitingOn: String
  claimedBy: StepClaim
  openedAt: DateTime
  dueAt: DateTime
  reminded: Int!
  escalated: Int!
  "How it can be completed now."
  outcomes: [StepOutcome!]! @list(size: 1)
  "Redacted."
  input: JSON @cost(each: 2)
  issues: [Issue!]! @list(size: 1)
  outcome: String
  "Redacted."
  output: JSON @cost(each: 2)
  reason: String
  failure: Failure
  "The calls that it made, in order."
  executions: [Execution!]! @list(size: 1)
  childRunId: ID
  "The run that it started."
  childRun: PlaybookRun
  completedBy: Actor
  completedAt: DateTime
  "Whether the caller may complete it, and why not."
  mayComplete: Boolean!
  mayNot: String
  mayClaim: Boolean!
}

type StepPlace { stepId: String! groupId: String! }
type StepAssignee { role: String user: String }
type StepClaim { id: ID! name: String! at: DateTime! }
type StepOutcome { id: String! title: String! needsReason: Boolean! takesInput: Boolean! }

${connectionOf('PlaybookRun')}
extend type Query {
  run(id: ID!): PlaybookRun
  "Newest first."
  runs(${pageArguments(20)}, playbookId: ID, exceptionId: ID, status: RunStatusFilter, q: String): PlaybookRunConnection!
}
`,
  resolvers: {
    Query: {
      run: (_source, { id }: { id: string }, { loaders }) => loaders.run.load(id),
      runs: (_source, args, context) =>
        context.read(async () =>
          connection(await context.services.runs.list(context, runListInputSchema.parse(listInput(args)))),
        ),
    },
    PlaybookRun: {
      playbook: ({ playbookId }: RunSummary, _args, { loaders }) => loaders.playbook.load(playbookId),
      exception: ({ exceptionId }: RunSummary, _args, { loaders }) =>
        exceptionId && loaders.exception.load(exceptionId),
      parentRun: ({ parentRunId }: RunSummary, _args, { loaders }) =>
        parentRunId && loaders.run.load(parentRunId),
      input: whole('input'),
      payloadsRemovedAt: whole('payloadsRemovedAt'),
      steps: whole('steps'),
      events: async ({ id }: RunSummary, args, { loaders }) =>
        connection(await loaders.eventsOfRun(pageInput(args)).load(id)),
    },
    Step: {
      executions: async ({ executionIds }: StepView, _args, { loaders }) => {
        const found = await loaders.execution.loadMany(executionIds);
        const failed = found.find((each) => each instanceof Error);
        if (failed) throw failed;
        // One that retention has removed is left out.
        return found.filter((each) => each !== null);
      },
      childRun: ({ childRunId }: StepView, _args, { loaders }) => childRunId && loaders.run.load(childRunId),
    },
  },
};
