import { z } from 'zod';
import type { ProviderDefinition } from '../../../../shared/tools/providers/provider-definition.ts';
import { renderJson } from '../../../../shared/tools/template.ts';
import { toolFields } from '../../../../shared/tools/tool-fields.ts';

const schema = z.strictObject({
  ...toolFields,
  type: z.literal('toy_mailbox'),
  config: z.strictObject({
    mailbox: z.string().min(1).max(64),
    message: z.string().min(1).max(1024),
  }),
});
export type ToyTool = z.output<typeof schema>;

/** Puts a message into a mailbox of this process. */
export const toyProvider = {
  label: 'Toy mailbox',
  schema,
  check: ({ config: { mailbox } }) =>
    mailbox.endsWith('.example')
      ? []
      : [{ path: '/config/mailbox', message: 'A mailbox ends with .example', keyword: 'toy' }],
  render: ({ config: { mailbox, message } }, input) => ({
    method: 'PUT',
    url: `toy://${mailbox}/`,
    headers: {},
    body: renderJson(message, z.record(z.string(), z.json()).parse(input)) ?? null,
    bodyType: 'text',
  }),
  hosts: ({ config: { mailbox } }) => [`${mailbox}:1`],
  target: ({ config: { mailbox } }) => `PUT ${mailbox}`,
  retrySafety: () => ({ safe: false, words: 'Sent once: a second message would be read twice' }),
  readsOnly: () => false,
  breakingFields: ['mailbox'],
} satisfies ProviderDefinition<typeof schema>;
