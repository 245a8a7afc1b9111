import { z } from 'zod';
import { roles } from '../../identity/roles.ts';
import { durationMs } from '../../platform/duration.ts';

export const stepIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'Use lower-case letters, digits and underscores, starting with a letter');

export const durationSchema = z
  .string()
  .refine((text) => durationMs(text) !== null, 'Write an ISO 8601 duration such as PT4H or P1D');

/** A JSONata expression, with or without `${{ }}` around it. */
export const expressionSchema = z.string().min(1).max(4096);

/** Whoever holds the role, or the person of this e-mail address (which may be an `${{ expression }}`). */
export const assigneeSchema = z
  .strictObject({ role: z.enum(roles).optional(), user: z.string().min(1).max(512).optional() })
  .refine(({ role, user }) => (role === undefined) !== (user === undefined), 'Name a role or a user');
export type Assignee = z.output<typeof assigneeSchema>;

/** What every step has. */
export const stepCommon = {
  id: stepIdSchema,
  title: z.string().min(1).max(120),
  /** Markdown. */
  instructions: z.string().max(16_384).default(''),
  /** The step is skipped when this is not true. */
  when: expressionSchema.optional(),
};

/** What every step has that waits for a person. */
export const humanStep = {
  ...stepCommon,
  /** Without one: the role of the step's type. */
  assignee: assigneeSchema.optional(),
  /** From when it opens. */
  due: durationSchema.optional(),
  /** This long before it is due. */
  reminder: durationSchema.optional(),
  /** One after the other; each counts from when it is due. The step then belongs to whoever it names. */
  escalation: z
    .array(z.strictObject({ after: durationSchema, to: assigneeSchema }))
    .max(10)
    .default([]),
  /** May be skipped, with a reason. */
  optional: z.boolean().default(false),
};

export const jsonSchemaSchema = z.record(z.string(), z.unknown());

/** A sequence of steps inside a step. */
export interface StepGroup<Step> {
  /** Of the branch or option. */
  id: string;
  title: string;
  steps: Step[];
  /** JSON Pointer of the list, from the step. */
  path: string;
}

/** One way to complete a step. */
export interface StepOutcome {
  id: string;
  title: string;
  /** Why has to be said. */
  needsReason: boolean;
  /** Takes an input; its schema is the step's `form`. */
  takesInput: boolean;
}

/** What is known of a step type without running it. */
export interface StepDefinition<Step, Any> {
  /** In words, for the palette. */
  label: string;
  /** Who completes it when the step names nobody; null: nobody does. */
  defaultRole: 'operator' | 'approver' | null;
  /** How it may be completed while it waits. */
  outcomes(step: Step): StepOutcome[];
  /** Its steps inside. */
  groups(step: Step): StepGroup<Any>[];
  /** Templates and expressions, with their places from the step; what they may refer to is the same for all. */
  expressions(step: Step): { path: string; text: string }[];
  /** JSON Schema of its output, where it is known without a tool. */
  outputSchema(step: Step): Record<string, unknown> | null;
}

export const skipOutcome: StepOutcome = {
  id: 'skip',
  title: 'Skip',
  needsReason: true,
  takesInput: false,
};
