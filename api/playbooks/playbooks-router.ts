import { router } from '../trpc.ts';
import { archivePlaybook } from './archive-playbook.ts';
import { backtestPlaybook } from './backtest-playbook.ts';
import { checkPlaybook } from './check-playbook.ts';
import { createPlaybook } from './create-playbook.ts';
import { discardDraft } from './discard-draft.ts';
import { dryRunPlaybook } from './dry-run-playbook.ts';
import { getBlastRadius } from './get-blast-radius.ts';
import { getPlaybook } from './get-playbook.ts';
import { getPublishPlan } from './get-publish-plan.ts';
import { listPlaybookVersions } from './list-playbook-versions.ts';
import { listPlaybooks } from './list-playbooks.ts';
import { publishPlaybook } from './publish-playbook.ts';
import { restorePlaybookVersion } from './restore-playbook-version.ts';
import { saveDraft } from './save-draft.ts';
import { unarchivePlaybook } from './unarchive-playbook.ts';

export const playbooksRouter = router({
  list: listPlaybooks,
  create: createPlaybook,
  get: getPlaybook,
  update: saveDraft,
  discardDraft: discardDraft,
  archive: archivePlaybook,
  unarchive: unarchivePlaybook,
  check: checkPlaybook,
  publishPlan: getPublishPlan,
  publish: publishPlaybook,
  versions: listPlaybookVersions,
  restore: restorePlaybookVersion,
  dryRun: dryRunPlaybook,
  backtest: backtestPlaybook,
  blastRadius: getBlastRadius,
});
