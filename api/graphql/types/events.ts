import type { AuditEvent } from '../../../shared/events/audit-schemas.ts';
import { auditListInputSchema } from '../../../shared/events/audit-schemas.ts';
import { auditPage } from '../../../shared/events/server/list-events.ts';
import { doors } from '../../../shared/identity/doors.ts';
import { isUuid } from '../../../shared/platform/ids.ts';
import { connection, listInput } from '../pages.ts';
import { connectionOf, enumOf, pageArguments, type SchemaPart } from '../part.ts';

export const eventsPart: SchemaPart = {
  sdl: `
${enumOf('Door', doors)}

"Something that happened."
type Event @needs(permission: "events.read") {
  id: ID!
  type: String!
  subjectType: String!
  subjectId: String!
  exceptionId: String
  exception: Exception
  actor: Actor!
  data: JSON! @cost(each: 1)
  requestId: String
  createdAt: DateTime!
  "The way in of the request that caused it; null in a subscription."
  door: Door @needs(permission: "audit.read")
  "Where that request came from; null in a subscription."
  address: String @needs(permission: "audit.read")
}

${connectionOf('Event')}
extend type Query {
  "Newest first."
  events(${pageArguments(20)}, subjectType: String, subjectId: String, actor: String, type: String,
    from: DateTime, to: DateTime): EventConnection!
}
`,
  resolvers: {
    Query: {
      events: (_source, args, context) =>
        context.read(async () =>
          connection(await auditPage(context, auditListInputSchema.parse(listInput(args)))),
        ),
    },
    Event: {
      exception: ({ exceptionId }: AuditEvent, _args, { loaders }) =>
        exceptionId !== null && isUuid(exceptionId) ? loaders.exception.load(exceptionId) : null,
    },
  },
};
