import { z } from 'zod';
import { domainNameSchema, severities } from '../exceptions/exception-schemas.ts';
import { actorSchema } from '../identity/identity-schemas.ts';
import { memberRoles } from '../identity/roles.ts';
import { durationMs } from '../platform/duration.ts';
import { idText } from '../platform/id-text.ts';
import { isoTimeSchema } from '../platform/time-schema.ts';

/** The shapes of rules for new exceptions that tRPC, REST and the typed client share. Times are ISO 8601 in UTC. */

/** What a rule may set, where the opener has left it open and no rule above has set it. */
export const ruleFields = ['severity', 'dueAt', 'assignee', 'playbook'] as const;
export type RuleField = (typeof ruleFields)[number];

const conditionsSchema = z.strictObject({
  /** Empty: every domain. */
  domains: z.array(domainNameSchema).max(50).default([]),
  /** Empty: every severity. */
  severities: z.array(z.enum(severities)).max(severities.length).default([]),
  /** JSONata over `exception`, such as `exception.attributes.amount > 500`. No value counts as false. */
  condition: z.string().trim().min(1).max(4096).optional(),
});

/** A member by id or email address; or the member with this role who has the fewest unresolved exceptions. */
const ruleAssigneeSchema = z
  .strictObject({ user: z.string().min(1).max(320).optional(), role: z.enum(memberRoles).optional() })
  .refine(({ user, role }) => (user === undefined) !== (role === undefined), 'Set either a user or a role');

const actionsSchema = z.strictObject({
  severity: z.enum(severities).optional(),
  assignee: ruleAssigneeSchema.optional(),
  /** ISO 8601, counted from when the exception is opened. */
  dueIn: z
    .string()
    .refine((text) => durationMs(text) !== null, 'Use an ISO 8601 duration such as PT4H or P1D')
    .optional(),
  /** Id or name of a published playbook, which starts on the exception. */
  playbookId: idText.min(1).max(128).optional(),
  /** Of the playbook: JSON with `${{ exception.… }}`. */
  input: z.record(z.string(), z.unknown()).optional(),
});

/** A rule as it is written. It applies to a new exception when all of `when` holds; what is left out always does. */
export const ruleDocumentSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  enabled: z.boolean().default(true),
  when: conditionsSchema.prefault({}),
  set: actionsSchema.prefault({}),
  /** When it applies, no rule below it is asked. */
  stop: z.boolean().default(false),
});
export type RuleDocument = z.output<typeof ruleDocumentSchema>;
export type RuleDocumentInput = z.input<typeof ruleDocumentSchema>;

const time = z.string();

/** A rule as every door returns it. */
export const ruleSchema = z.object({
  id: z.string(),
  /** From 1: rules are asked in this order. */
  position: z.int(),
  revision: z.int(),
  ...ruleDocumentSchema.shape,
  /** What it names, as people know it; null when it is not found. */
  names: z.object({ playbook: z.string().nullable(), assignee: z.string().nullable() }),
  /** Why something that it sets cannot be set now. */
  problem: z.string().nullable(),
  /** The last exception that it set something of, or could not be asked about. */
  last: z
    .object({
      at: time,
      exceptionId: z.string(),
      exceptionNumber: z.int().nullable(),
      problem: z.string().nullable(),
    })
    .nullable(),
  createdBy: actorSchema,
  createdAt: time,
  updatedBy: actorSchema,
  updatedAt: time,
});
export type RuleView = z.output<typeof ruleSchema>;

/** A new exception as its form or a caller has it so far. A field that is here counts as set by the opener. */
const openingSchema = z.strictObject({
  title: z.string().max(200).default(''),
  description: z.string().max(16_384).default(''),
  domain: domainNameSchema.default('general'),
  severity: z.enum(severities).optional(),
  dueAt: isoTimeSchema.nullable().optional(),
  /** Id or email address of a member. */
  assignee: z.string().max(320).nullable().optional(),
  attributes: z.record(z.string(), z.unknown()).default({}),
  source: z.string().max(200).nullable().default(null),
});

export const tryRulesInputSchema = z
  .strictObject({
    /** An existing one, by id or number: as if it were opened again with none of what rules may set. */
    exceptionId: z.string().max(64).optional(),
    exception: openingSchema.optional(),
    /** A rule that is not saved: in place of the one with its `id`, else after the others. */
    draft: z.strictObject({ id: z.string().optional(), rule: z.record(z.string(), z.unknown()) }).optional(),
  })
  .refine(
    ({ exceptionId, exception }) => (exceptionId === undefined) !== (exception === undefined),
    'Send either exceptionId or exception',
  );

export const ruleOutcomes = ['applies', 'does_not_apply', 'disabled', 'not_asked', 'failed'] as const;
export type RuleOutcome = (typeof ruleOutcomes)[number];

const settingSchema = z.object({
  field: z.enum(ruleFields),
  /** For people: a severity, a time in ISO 8601, a name, the title of a playbook. */
  value: z.string(),
});
export type RuleSetting = z.output<typeof settingSchema>;

export const ruleTrialSchema = z.object({
  /** In the order in which they are asked. */
  rules: z.array(
    z.object({
      /** Null: the draft of a new rule. */
      id: z.string().nullable(),
      name: z.string(),
      outcome: z.enum(ruleOutcomes),
      /** Why it does not apply, or was not asked. */
      reason: z.string().nullable(),
      /** Why it failed, or something that it sets could not be set. */
      problem: z.string().nullable(),
      sets: z.array(settingSchema),
    }),
  ),
  /** What the exception would get from the rules. */
  result: z.array(settingSchema.extend({ rule: z.string() })),
});
export type RuleTrial = z.output<typeof ruleTrialSchema>;
