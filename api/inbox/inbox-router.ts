import { router } from '../trpc.ts';
import { countInbox } from './count-inbox.ts';
import { listInbox } from './list-inbox.ts';
import { listNotices } from './list-notices.ts';
import { markNoticesRead } from './mark-notices-read.ts';

export const inboxRouter = router({
  list: listInbox,
  count: countInbox,
  notices: listNotices,
  readNotices: markNoticesRead,
});
