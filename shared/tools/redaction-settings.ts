import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import {
  type PiiChoices,
  type PiiKind,
  piiKinds,
  piiTreatments,
} from '../platform/redaction/pii/pii-kinds.ts';

const choice = z.enum(['off', ...piiTreatments]);
const everyKind = z.strictObject({
  email: choice,
  phone: choice,
  card: choice,
  iban: choice,
  national_id: choice,
  ip: choice,
  name: choice,
  address: choice,
  birth_date: choice,
} satisfies Record<PiiKind, typeof choice>);
const kinds = everyKind
  .partial()
  .describe('What is stored and shown of each kind of personal data; a kind that is left out is off');

export const redactionInputSchema = z.strictObject({
  kinds,
  tools: z
    .array(z.strictObject({ toolId: z.uuid().toLowerCase(), kinds }))
    .max(200)
    .default([])
    .describe('Where a tool differs from that'),
  note: z.string().max(1000).default('').describe('Why, for those who read this later'),
});
export type RedactionInput = z.output<typeof redactionInputSchema>;

/** As it is stored. */
export type StoredRedaction = RedactionInput & Pick<RedactionSettings, 'changedBy' | 'changedAt'>;

export const redactionSettingsSchema = redactionInputSchema.extend({
  kinds: everyKind,
  revision: z.int(),
  changedBy: actorSchema.nullable(),
  changedAt: z.string().nullable(),
});
export type RedactionSettings = z.output<typeof redactionSettingsSchema>;

export const tryRedactionInputSchema = z.strictObject({
  value: z.unknown().describe('A text or any JSON'),
  kinds: kinds.optional().describe('Choices that are not saved yet; left out: those of the organization'),
});

export const triedRedactionSchema = z.object({
  value: z.unknown().describe('As it would be stored and shown'),
  found: z.array(
    z.object({
      path: z.string().describe('JSON Pointer'),
      kind: z.enum(['secret', ...piiKinds]),
      shown: z.string(),
    }),
  ),
});
export type TriedRedaction = z.output<typeof triedRedactionSchema>;

/** What counts for a tool: what is chosen for it, and otherwise for the tenant. Null: nothing. */
export function choicesFor(
  { kinds, tools }: Pick<RedactionInput, 'kinds' | 'tools'>,
  toolId?: string,
): PiiChoices | null {
  const own = tools.find((each) => each.toolId === toolId)?.kinds;
  const choices: PiiChoices = {};
  for (const kind of piiKinds) {
    const chosen = own?.[kind] ?? kinds[kind] ?? 'off';
    if (chosen !== 'off') choices[kind] = chosen;
  }
  return Object.keys(choices).length > 0 ? choices : null;
}
