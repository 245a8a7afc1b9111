import { playbookVersionViewSchema } from '../../shared/playbooks/playbook-schemas.ts';
import { readPlaybookVersions } from '../../shared/playbooks/server/read-playbooks.ts';
import { byId, versionNumber, wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listPlaybookVersions = procedure('playbooks.read', {
  method: 'GET',
  path: '/api/playbooks/{id}/versions',
  summary: 'List every published version of a playbook, newest first, or one of them',
  tags: ['playbooks'],
})
  .input(byId.extend({ version: versionNumber.optional() }))
  .output(wholeList(playbookVersionViewSchema))
  .query(async ({ ctx, input }) => ({
    items: await readPlaybookVersions(ctx, input.id, input.version),
    nextCursor: null,
  }));
