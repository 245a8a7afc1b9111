import { tell } from '../../events/server/tell.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import {
  type CausingRun,
  type ExceptionStatus,
  hasOtherOpenRun,
  lockExceptionStatus,
  readResolvingRun,
  writeExceptionStatus,
} from '../db/exceptions-of-runs.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import type { PlaybookDocument } from '../playbook-document.ts';
import type { Cause } from './step-runner.ts';

export type RunMoment = 'started' | 'completed' | 'failed' | 'cancelled';

/**
 * The status of an exception follows its run, by the rule of the playbook. What someone has set since the run started
 * stays, and so does everything while another run of the exception is open: the last one that completes resolves it for those that
 * have completed meanwhile and should have. Runs that runs have started change nothing.
 * Call it in the transaction of the change.
 */
export async function followRun(
  connection: TenantConnection,
  run: RunRow,
  document: Pick<PlaybookDocument, 'exceptionStatus' | 'resolves'>,
  moment: RunMoment,
  { actor, requestId }: Cause,
): Promise<void> {
  const { exception_id: exceptionId, id: runId } = run;
  const own = wantedStatus(document, moment);
  if (!exceptionId || run.parent_run_id || (!own && moment !== 'completed')) return;
  const now = await lockExceptionStatus(connection, exceptionId);
  if (!now || now.status === (own ?? 'resolved')) return;
  // Read after the lock: of two runs that end at the same time the second one sees that the first has ended.
  if (moment !== 'started' && (await hasOtherOpenRun(connection, { exceptionId, runId }))) return;
  const by = own ? run : await readResolvingRun(connection, { exceptionId, runId });
  const wanted = own ?? 'resolved';
  if (!by || !mayFollow(now, by, wanted)) return;
  await writeExceptionStatus(connection, { exceptionId, runId: by.id, status: wanted });
  const cause = {
    runId: by.id,
    run: moment,
    playbookName: by.playbook_name,
    playbookTitle: by.playbook_title,
    playbookVersion: by.playbook_version,
  };
  const changes = { status: { from: now.status, to: wanted } };
  const teller = { identity: { tenantId: run.tenant_id, actor }, requestId: requestId ?? null };
  const about = { subjectType: 'exception', subjectId: exceptionId, exceptionId } as const;
  await (wanted === 'resolved'
    ? tell(connection, teller, {
        type: 'ExceptionResolved',
        ...about,
        data: { code: 'fixed', changes, ...cause },
      })
    : tell(connection, teller, {
        type: 'ExceptionUpdated',
        ...about,
        data: { changed: ['status'], changes, ...cause },
      }));
}

function wantedStatus(
  { exceptionStatus, resolves }: Pick<PlaybookDocument, 'exceptionStatus' | 'resolves'>,
  moment: RunMoment,
): ExceptionStatus | null {
  if (moment === 'completed') return resolves ? 'resolved' : null;
  if (exceptionStatus === 'unchanged') return null;
  return moment === 'started' ? 'in_progress' : 'open';
}

function mayFollow(
  { status, statusAt, byRun }: { status: ExceptionStatus; statusAt: Date | null; byRun: boolean },
  run: CausingRun,
  wanted: ExceptionStatus,
): boolean {
  if (status === 'resolved') return false;
  if (wanted === 'in_progress') return true;
  // "In progress" that a person has chosen is not taken back.
  if (wanted === 'open') return byRun;
  return byRun || statusAt === null || statusAt <= run.created_at;
}
