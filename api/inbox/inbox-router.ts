import { router } from '../trpc.ts';
import { assignSteps } from './assign-steps.ts';
import { claimSteps } from './claim-steps.ts';
import { completeSteps } from './complete-steps.ts';
import { countInbox } from './count-inbox.ts';
import { decideExecutions } from './decide-executions.ts';
import { listGroups } from './list-groups.ts';
import { listInbox } from './list-inbox.ts';
import { listNotices } from './list-notices.ts';
import { markNoticesRead } from './mark-notices-read.ts';
import { previewCompletion } from './preview-completion.ts';
import { previewDecisions } from './preview-decisions.ts';
import { releaseSteps } from './release-steps.ts';

export const inboxRouter = router({
  list: listInbox,
  groups: listGroups,
  count: countInbox,
  claim: claimSteps,
  release: releaseSteps,
  assign: assignSteps,
  previewCompletion,
  complete: completeSteps,
  previewDecisions,
  decide: decideExecutions,
  notices: listNotices,
  readNotices: markNoticesRead,
});
