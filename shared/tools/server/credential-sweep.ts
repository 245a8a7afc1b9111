import type { ChangeServices } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { type Loop, startLoop } from '../../platform/server/loop.ts';
import { daysLeft, nextReminder } from '../credential-expiry.ts';
import { noticeOfExpiry } from '../db/credential-notices.ts';
import {
  eraseReplaced,
  listDueReminders,
  planReminder,
  type RemindedCredential,
} from '../db/credentials-sweep.ts';

const everyMs = 60_000;
const batch = 50;
const actor = { type: 'system', id: 'worker', name: 'Interlock' } as const;

/** Any number of processes may run it: two small statements a minute, and each reminder is written once. */
export function startCredentialSweep(services: ChangeServices): Loop {
  return startLoop('credentials', everyMs, services.log, () => sweepCredentials(services));
}

/** One round: erases replaced values, and writes the reminders that are due, as events and notices. */
export async function sweepCredentials(services: ChangeServices): Promise<void> {
  const { db } = services;
  await db.system(eraseReplaced);
  for (;;) {
    const due = await db.system((connection) => listDueReminders(connection, batch));
    for (const credential of due) await remind(services, credential);
    if (due.length < batch) return;
  }
}

/** "expires in 3 days, on 2026-03-04". */
function expiryWords(left: number, expiresAt: Date): string {
  const on = `on ${expiresAt.toISOString().slice(0, 10)}`;
  if (left === 0) return `expired ${on}`;
  return `expires ${left === 1 ? 'within a day' : `in ${left} days`}, ${on}`;
}

/** The reminder of an expiry that has passed is the last one. */
async function remind({ db, log }: ChangeServices, credential: RemindedCredential): Promise<void> {
  const { id, tenant_id: tenantId, name, expires_at: expiresAt } = credential;
  const now = new Date();
  await db.systemTransaction(async (connection) => {
    if (!(await planReminder(connection, credential, nextReminder(expiresAt, now)))) return;
    const left = daysLeft(expiresAt, now);
    const facts = { name, expiresAt: expiresAt.toISOString() };
    await noticeOfExpiry(connection, {
      credentialId: id,
      tenantId,
      text: `The ${tenantId === null ? 'global ' : ''}credential ${name} ${expiryWords(left, expiresAt)}. Rotate it${left === 0 ? ': calls that need it are refused' : ''}.`,
    });
    // The event log is that of tenants; a global credential has none.
    if (tenantId === null) return log.warn({ ...facts, daysLeft: left }, 'a global credential expires');
    await tell(
      connection,
      { identity: { tenantId, actor } },
      {
        type: left === 0 ? 'CredentialExpired' : 'CredentialExpiring',
        subjectType: 'credential',
        subjectId: id,
        data: left === 0 ? facts : { ...facts, daysLeft: left },
      },
    );
  });
}
