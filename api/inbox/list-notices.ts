import { noticeSchema } from '../../shared/playbooks/inbox-schemas.ts';
import { readNotices } from '../../shared/playbooks/server/inbox.ts';
import { noticeView } from '../../shared/playbooks/server/notice-view.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listNotices = procedure('runs.read', {
  method: 'GET',
  path: '/api/inbox/notices',
  summary: 'List the notices to me, newest first',
  tags: ['inbox'],
})
  .output(wholeList(noticeSchema))
  .query(async ({ ctx }) => {
    const rows = await readNotices(ctx);
    return { items: rows.map(noticeView), nextCursor: null };
  });
