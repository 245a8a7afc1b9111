import { z } from 'zod';
import { toolNameSchema } from '../tools/tool-name.ts';
import { type Step, stepGroups, stepSchema } from './steps/registry.ts';
import { expressionSchema, jsonSchemaSchema } from './steps/step-common.ts';

/** Format of a stored document. */
export const documentFormatVersion = 1;
export const maxSteps = 1500;

/** A playbook as people write it. */
export const playbookDocumentSchema = z.strictObject({
  name: toolNameSchema,
  title: z.string().min(1).max(120),
  description: z.string().max(4096).default(''),
  /** The exceptions for which the playbook is offered. */
  triggers: z
    .array(
      z.strictObject({
        domain: z.string().max(64).optional(),
        severities: z
          .array(z.enum(['low', 'medium', 'high', 'critical']))
          .max(4)
          .optional(),
        /** A condition over the exception. */
        when: expressionSchema.optional(),
      }),
    )
    .max(20)
    .default([]),
  inputSchema: jsonSchemaSchema.default({ type: 'object' }),
  /** Whether a run moves the status of its exception: in progress at its start, open again if it fails or is cancelled. */
  exceptionStatus: z.enum(['follows', 'unchanged']).default('follows'),
  /** The exception is resolved when a run completes. */
  resolves: z.boolean().default(false),
  /** Anyone who can send messages to Temporal may complete steps, except approvals. Default: only Interlock can. */
  directCompletion: z.boolean().default(false),
  steps: z.array(stepSchema).min(1).max(maxSteps),
});
export type PlaybookDocumentInput = z.input<typeof playbookDocumentSchema>;
export type PlaybookDocument = z.output<typeof playbookDocumentSchema>;

export interface PlacedStep {
  step: Step;
  /** 1, 2, … in reading order. */
  number: number;
  /** JSON Pointer into the document. */
  path: string;
  /** The steps around it, each with the branch or option that contains it, outermost first. */
  inside: { stepId: string; groupId: string }[];
}

/** Every step of a document, including steps inside others, in reading order. */
export function allSteps(document: Pick<PlaybookDocument, 'steps'>): PlacedStep[] {
  const found: PlacedStep[] = [];
  const visit = (steps: Step[], path: string, inside: PlacedStep['inside']) => {
    for (const [index, step] of steps.entries()) {
      const at = `${path}/${index}`;
      found.push({ step, number: found.length + 1, path: at, inside });
      for (const group of stepGroups(step))
        visit(group.steps, `${at}${group.path}/steps`, [...inside, { stepId: step.id, groupId: group.id }]);
    }
  };
  visit(document.steps, '/steps', []);
  return found;
}
