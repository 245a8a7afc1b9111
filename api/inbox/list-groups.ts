import { z } from 'zod';
import { severities } from '../../shared/exceptions/exception-schemas.ts';
import { inboxGroupSchema, inboxGroupsInputSchema } from '../../shared/playbooks/inbox-schemas.ts';
import { readInboxGroups } from '../../shared/playbooks/server/inbox.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listGroups = procedure('runs.read', {
  method: 'GET',
  path: '/api/inbox/groups',
  summary: 'Count what waits for people by exception, playbook, severity, age or type',
  tags: ['inbox'],
})
  .input(inboxGroupsInputSchema.extend({ severity: z.enum(severities).optional() }))
  .output(wholeList(inboxGroupSchema))
  .query(async ({ ctx, input }) => ({ items: await readInboxGroups(ctx, input), nextCursor: null }));
