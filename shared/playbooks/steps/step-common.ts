import { z } from 'zod';
import { roles } from '../../identity/roles.ts';
import { durationMs } from '../../platform/duration.ts';
import { fitNumbers } from '../../platform/fit-numbers.ts';

export const stepIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'Use lower-case letters, digits and underscores, starting with a letter');

export const durationSchema = z
  .string()
  .refine((text) => durationMs(text) !== null, 'Use an ISO 8601 duration such as PT4H or P1D');

/** A JSONata expression, with or without `${{ }}` around it. */
export const expressionSchema = z.string().min(1).max(4096);

/** Everyone with the role, or the person with this email address (which may be an `${{ expression }}`). */
export const assigneeSchema = z
  .strictObject({ role: z.enum(roles).optional(), user: z.string().min(1).max(512).optional() })
  .refine(({ role, user }) => (role === undefined) !== (user === undefined), 'Set either a role or a user');
export type Assignee = z.output<typeof assigneeSchema>;

/** The fields of every step. */
export const stepCommon = {
  id: stepIdSchema,
  title: z.string().min(1).max(120),
  /** Markdown. */
  instructions: z.string().max(16_384).default(''),
  /** The step is skipped when this is not true. */
  when: expressionSchema.optional(),
};

/** The fields of every step that waits for people. */
export const humanStep = {
  ...stepCommon,
  /** Default: the role of the step's type. */
  assignee: assigneeSchema.optional(),
  /** Counted from when the step opens. */
  due: durationSchema.optional(),
  /** This long before the due date. */
  reminder: durationSchema.optional(),
  /** Levels in order, each counted from the due date. The step is then assigned to the person or role named here. */
  escalation: z
    .array(z.strictObject({ after: durationSchema, to: assigneeSchema }))
    .max(10)
    .default([]),
  /** People may skip it, with a reason. */
  optional: z.boolean().default(false),
};

export const jsonSchemaSchema = z.record(z.string(), z.unknown()).overwrite(fitNumbers);

/** Any step, with the fields that every type has. The fields of one type are known in its folder only. */
export interface Step {
  id: string;
  type: string;
  title: string;
  /** Markdown. */
  instructions: string;
  when?: string | undefined;
}

/** The fields of a step that waits for people. */
export type HumanFields = z.output<z.ZodObject<typeof humanStep>>;
