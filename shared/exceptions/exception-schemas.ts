import { z } from 'zod';
import { eventSchema } from '../events/event-schemas.ts';
import { executionSchema } from '../executions/execution-schemas.ts';
import { actorSchema } from '../identity/identity-schemas.ts';
import { pageInput } from '../platform/page-schemas.ts';
import { isoTimeSchema } from '../platform/time-schema.ts';
import { exceptionStatuses, type Severity, severities } from './exception-statuses.ts';

export {
  type ExceptionStatus,
  exceptionStatuses,
  type Severity,
  severities,
} from './exception-statuses.ts';

/** The shapes of exceptions that tRPC, REST and the typed client share. Times are ISO 8601 in UTC. */
const time = z.string();

export const resolutionCodes = ['fixed', 'worked_around', 'not_a_problem', 'duplicate', 'gave_up'] as const;

export const domainNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'Use lowercase letters, digits and underscores, and start with a letter');

export const personRefSchema = z.object({ id: z.string(), name: z.string() });

export const exceptionSummarySchema = z.object({
  id: z.string(),
  /** Unique in the tenant; shown as "EX-42". */
  number: z.int(),
  title: z.string(),
  domain: z.string(),
  severity: z.enum(severities),
  status: z.enum(exceptionStatuses),
  assignee: personRefSchema.nullable(),
  dueAt: time.nullable(),
  /** Who has to act: "Ana", "Any approver", or null when no one has to. */
  waitingOn: z.string().nullable(),
  lastEvent: z.object({ type: z.string(), at: time }).nullable(),
  createdAt: time,
  updatedAt: time,
});
export type ExceptionSummary = z.infer<typeof exceptionSummarySchema>;

export const linkKinds = ['related', 'duplicate_of', 'caused_by', 'url'] as const;
export const exceptionLinkSchema = z.object({
  id: z.string(),
  kind: z.enum(linkKinds),
  /** True when the other exception names this one. */
  inverse: z.boolean(),
  exception: z
    .object({ id: z.string(), number: z.int(), title: z.string(), status: z.enum(exceptionStatuses) })
    .nullable(),
  url: z.string().nullable(),
  title: z.string(),
});

export const exceptionSchema = exceptionSummarySchema.extend({
  description: z.string(),
  /** Redacted. */
  attributes: z.record(z.string(), z.unknown()),
  /** Where it came from, in the words of the caller that created it. */
  source: z.string().nullable(),
  resolution: z.object({ code: z.string(), note: z.string().nullable(), at: time }).nullable(),
  links: z.array(exceptionLinkSchema),
  revision: z.int(),
  createdBy: actorSchema,
});
export type ExceptionView = z.infer<typeof exceptionSchema>;

const writable = {
  title: z.string().trim().min(1).max(200),
  description: z.string().max(16_384),
  domain: domainNameSchema,
  severity: z.enum(severities),
  dueAt: isoTimeSchema.nullable(),
  /** Valid by the schema of the domain, if it has one. */
  attributes: z.record(z.string(), z.unknown()),
};

/** Of an exception whose severity no one has chosen. */
export const defaultSeverity: Severity = 'medium';

export const createExceptionInputSchema = z.object({
  ...writable,
  description: writable.description.default(''),
  domain: writable.domain.default('general'),
  /** Left out: as the rules of the organization say, else medium. */
  severity: writable.severity.optional(),
  /** Left out: as the rules say, else null. */
  dueAt: writable.dueAt.optional(),
  attributes: writable.attributes.default({}),
  /** Id or email address of a member. Left out: as the rules say, else no one. */
  assignee: z.string().max(320).nullable().optional(),
  source: z.string().max(200).nullable().default(null),
  idempotencyKey: z.string().min(1).max(255).optional(),
});

export const updateExceptionInputSchema = z.object({
  id: z.string(),
  title: writable.title.optional(),
  description: writable.description.optional(),
  domain: writable.domain.optional(),
  severity: writable.severity.optional(),
  dueAt: writable.dueAt.optional(),
  /** Replaces all attributes. */
  attributes: writable.attributes.optional(),
  status: z.enum(['open', 'in_progress']).optional(),
  /** The change is refused with 409 when the exception has another revision. */
  revision: z.int().optional(),
});

export const exceptionFilterSchema = z.object({
  /** `unresolved`: open or in progress. */
  status: z.enum([...exceptionStatuses, 'unresolved']).optional(),
  severity: z.enum(severities).optional(),
  domain: z.string().max(64).optional(),
  /** `me`, `none`, or a member's id. */
  assignee: z.string().max(128).optional(),
  due: z.enum(['overdue', 'today', 'week']).optional(),
  /** A number ("EX-42") or an id, or words in any order: of its texts, attributes, links and comments. */
  q: z.string().max(200).optional(),
});
export const exceptionListInputSchema = exceptionFilterSchema.extend({
  openedFrom: isoTimeSchema.optional(),
  openedTo: isoTimeSchema.optional(),
  /** Those that are resolved since then. */
  resolvedFrom: isoTimeSchema.optional(),
  resolvedTo: isoTimeSchema.optional(),
  sort: z.enum(['newest', 'due', 'severity']).default('newest'),
  ...pageInput,
});

export const exceptionViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  filter: exceptionFilterSchema,
});

export const exceptionDomainSchema = z.object({
  name: domainNameSchema,
  title: z.string().min(1).max(120),
  /** JSON Schema of the attributes. */
  attributeSchema: z.record(z.string(), z.unknown()),
});

/** Of one exception. */
export const maxAttachments = 50;
export const attachmentSchema = z.object({
  id: z.string(),
  artifactId: z.string(),
  name: z.string(),
  contentType: z.string().describe('What its first bytes say'),
  bytes: z.int(),
  sha256: z.string(),
  preview: z.boolean().describe('An image, which `content?inline=true` shows'),
  createdBy: actorSchema,
  createdAt: z.string(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

export const commentSchema = z.object({
  id: z.string(),
  body: z.string().describe('`@[id]` names one of `mentions`'),
  author: actorSchema,
  /** The people whom the text names. `member`: false when they have left or were erased. */
  mentions: z.array(z.object({ id: z.string(), name: z.string(), member: z.boolean() })),
  createdAt: time,
});

export const addedCommentSchema = commentSchema.extend({
  notMentioned: z
    .array(z.string())
    .describe('What `@[…]` in the text names no one who may see the exception: it stays a text'),
});

/** One item of an exception's timeline. `key` orders and identifies it. */
export const timelineItemSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), key: z.string(), at: time, event: eventSchema }),
  z.object({ kind: z.literal('comment'), key: z.string(), at: time, comment: commentSchema }),
  z.object({
    kind: z.literal('tool_run'),
    key: z.string(),
    at: time,
    /** Input and output are cut to 2 kB of JSON each; `truncated` says so. */
    execution: executionSchema
      .omit({ reruns: true, issues: true, undoOf: true, undoneBy: true, undo: true })
      .extend({ truncated: z.boolean() }),
    /** The step that started it. */
    step: z.object({ runId: z.string(), stepId: z.string(), title: z.string() }).nullable(),
  }),
  z.object({
    kind: z.literal('step'),
    key: z.string(),
    at: time,
    /** Such as StepOpened or StepCompleted, with its facts in `event.data`. */
    event: eventSchema,
    runId: z.string(),
    stepId: z.string(),
    title: z.string(),
  }),
]);
export type TimelineItem = z.infer<typeof timelineItemSchema>;
