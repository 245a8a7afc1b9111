import {
  exceptionListInputSchema,
  exceptionStatuses,
  severities,
} from '../../../shared/exceptions/exception-schemas.ts';
import type { ExceptionAlone } from '../../../shared/exceptions/server/exception-views.ts';
import { exceptionPage } from '../../../shared/exceptions/server/list-exceptions.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { connection, listInput, pageInput } from '../pages.ts';
import { connectionOf, enumOf, pageArguments, type SchemaPart } from '../part.ts';

/** A list gives a part of an exception; the rest is read where a query asks for it. */
type Source = Pick<ExceptionAlone, 'id'> & Partial<ExceptionAlone>;

/** A field that lists leave out. */
const whole =
  (field: keyof ExceptionAlone) =>
  async (source: Source, _args: unknown, { loaders }: GraphqlContext): Promise<unknown> =>
    source[field] === undefined ? (await loaders.exception.load(source.id))?.[field] : source[field];

export const exceptionsPart: SchemaPart = {
  sdl: `
${enumOf('Severity', severities)}
${enumOf('ExceptionStatus', exceptionStatuses)}
${enumOf('ExceptionStatusFilter', [...exceptionStatuses, 'unresolved'])}
enum ExceptionDue { overdue today week }
enum ExceptionSort { newest due severity }

"A case."
type Exception @needs(permission: "exceptions.read") {
  id: ID!
  "Shown as EX-42."
  number: Int!
  title: String!
  description: String!
  domain: String!
  severity: Severity!
  status: ExceptionStatus!
  assignee: Person
  dueAt: DateTime
  "Who has to act; null when no one has to."
  waitingOn: String
  lastEvent: LastEvent
  "Redacted."
  attributes: JSON! @cost(each: 2)
  source: String
  resolution: Resolution
  revision: Int!
  createdBy: Actor!
  createdAt: DateTime!
  updatedAt: DateTime!
  "Newest first."
  runs(${pageArguments(5)}): PlaybookRunConnection!
  "Newest first, those of its runs too."
  executions(${pageArguments(5)}): ExecutionConnection!
  "Newest first, those of its runs and executions too."
  events(${pageArguments(5)}): EventConnection!
}

type LastEvent { type: String! at: DateTime! }
type Resolution { code: String! note: String at: DateTime! }

${connectionOf('Exception')}
extend type Query {
  "By its id or its number, such as EX-42; null when there is none."
  exception(id: ID!): Exception
  exceptions(${pageArguments(20)}, status: ExceptionStatusFilter, severity: Severity, domain: String,
    "\`me\`, \`none\`, or the id of a member." assignee: String, due: ExceptionDue, q: String,
    sort: ExceptionSort = newest): ExceptionConnection!
}
`,
  resolvers: {
    Query: {
      exception: async (_source, { id }: { id: string }, { read, services, identity, loaders }) => {
        const found = await read(() => services.findException(identity.tenantId, id));
        return found === null ? null : loaders.exception.load(found);
      },
      exceptions: (_source, args, context) =>
        context.read(async () =>
          connection(await exceptionPage(context, exceptionListInputSchema.parse(listInput(args)))),
        ),
    },
    Exception: {
      description: whole('description'),
      attributes: whole('attributes'),
      source: whole('source'),
      resolution: whole('resolution'),
      revision: whole('revision'),
      createdBy: whole('createdBy'),
      runs: async ({ id }: Source, args, { loaders }) =>
        connection(await loaders.runsOfException(pageInput(args)).load(id)),
      executions: async ({ id }: Source, args, { loaders }) =>
        connection(await loaders.executionsOfException(pageInput(args)).load(id)),
      events: async ({ id }: Source, args, { loaders }) =>
        connection(await loaders.eventsOfException(pageInput(args)).load(id)),
    },
  },
};
