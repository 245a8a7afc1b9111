import { z } from 'zod';
import { domainNameSchema, resolutionCodes, severities } from '../exceptions/exception-schemas.ts';
import { storableText } from '../platform/storable-text.ts';

/**
 * What an endpoint does with a delivery. Texts are templates, as in playbooks: `${{ body.alert.name }}` is a JSONata
 * expression over `body`, `headers`, `item` (of `forEach`) and `opened` (the exception that an earlier action opened or
 * found). A text that is an expression over these as a whole may leave out `${{ }}`; it is stored with it.
 */
const template = storableText.max(16_384);
const text = template.min(1);
const expression = storableText.min(1).max(4096);

const common = {
  when: expression.optional().describe('A condition: the action is skipped unless it is true'),
  forEach: expression.optional().describe('A list: the action is done once for each `item` of it'),
};

const exceptionId = text
  .optional()
  .describe('Id or number of an exception; left out: the one that an earlier action opened, if there is one');

export const inboundActionSchema = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('open_exception'),
    ...common,
    title: text,
    description: template.optional(),
    domain: z.union([domainNameSchema, text]).optional(),
    severity: z.union([z.enum(severities), text]).optional(),
    attributes: z
      .union([z.record(z.string(), z.unknown()), text])
      .optional()
      .describe('Values may be expressions'),
    assignee: text.optional().describe('Id or email address of a member'),
    groupBy: text
      .optional()
      .describe(
        'A key: while an exception with it is unresolved, it is counted again instead of another opened',
      ),
  }),
  z.strictObject({
    do: z.literal('resolve_exception'),
    ...common,
    groupBy: text.describe('The key with which it was opened'),
    code: z.enum(resolutionCodes).default('fixed'),
    note: template.optional(),
  }),
  z.strictObject({
    do: z.literal('start_playbook'),
    ...common,
    playbook: text.describe('Id or name of a published playbook'),
    exceptionId,
    input: z.union([z.record(z.string(), z.unknown()), text]).optional(),
  }),
  z.strictObject({
    do: z.literal('deliver_event'),
    ...common,
    event: text.optional().describe('The name of the event that steps wait for'),
    step: text.optional().describe('Instead of an event: the id of the step that is completed'),
    outcome: text.optional().describe('With `step`: how it is completed'),
    data: z.unknown().optional().describe('Of the event, or the input of the step; left out: the body'),
    runId: text.optional(),
    exceptionId,
    groupBy: text.optional().describe('The open runs of the exception that was opened with this key'),
  }),
  z.strictObject({
    do: z.literal('execute_tool'),
    ...common,
    tool: text.describe('Id or name of a tool'),
    payload: z.union([z.record(z.string(), z.unknown()), text]).optional(),
    exceptionId,
  }),
]);
export type InboundAction = z.output<typeof inboundActionSchema>;
export type InboundDo = InboundAction['do'];
export const inboundDos = [
  'open_exception',
  'resolve_exception',
  'start_playbook',
  'deliver_event',
  'execute_tool',
] as const satisfies InboundDo[];

export const inboundActionsSchema = z.array(inboundActionSchema).max(20);

/** What expressions of actions may use. */
export const actionRoots = ['body', 'headers', 'item', 'opened'] as const;
