import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { pageInput } from '../platform/page-schemas.ts';
import { stepViewSchema } from './run-schemas.ts';

/** The shapes of the inbox and of notices that tRPC, REST and the typed client share. */
export const inboxInputSchema = z.object({
  /** `mine`: assigned to me or claimed by me. `roles`: also those of my roles. `all`: those of everyone. */
  scope: z.enum(['mine', 'roles', 'all']).default('roles'),
  ...pageInput,
});

export const inboxItemSchema = z.object({
  step: stepViewSchema,
  run: z.object({
    id: z.string(),
    playbookTitle: z.string(),
    playbookVersion: z.int(),
    startedBy: actorSchema,
    paused: z.boolean(),
    total: z.int(),
  }),
  exception: z
    .object({
      id: z.string(),
      number: z.int(),
      title: z.string(),
      severity: z.string(),
      domain: z.string(),
    })
    .nullable(),
});

export type InboxItem = z.infer<typeof inboxItemSchema>;

export const noticeSchema = z.object({
  id: z.string(),
  kind: z.enum(['notify', 'reminder', 'escalation', 'taken_over']),
  text: z.string(),
  exceptionId: z.string().nullable(),
  runId: z.string().nullable(),
  stepId: z.string().nullable(),
  unread: z.boolean(),
  createdAt: z.string(),
});
