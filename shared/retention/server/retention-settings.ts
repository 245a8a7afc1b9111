import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import { countOlder } from '../db/due-records.ts';
import { lockRetention, type RetentionRow, readRetention, writeRetention } from '../db/retention-settings.ts';
import {
  cutoff,
  daysOf,
  type RecordKind,
  type RetentionDays,
  type RetentionDue,
  type RetentionInput,
  type RetentionSettings,
  startOfDay,
} from '../retention-schemas.ts';

/** How long the tenant keeps what. */
export async function readRetentionSettings({ services, identity }: ReadContext): Promise<RetentionSettings> {
  return settingsView(await services.db.tenant(identity.tenantId, readRetention));
}

/** @throws InterlockError `precondition_failed` */
export async function writeRetentionSettings(
  context: ChangeContext,
  input: RetentionInput,
  ifMatch?: IfMatch,
): Promise<RetentionSettings> {
  const { services, identity } = context;
  const row = await services.db
    .tenantTransaction(identity.tenantId, async (connection) => {
      const before = await lockRetention(connection);
      checkState(ifMatch, before.retention_revision);
      const changedAt = new Date().toISOString();
      const after = await writeRetention(connection, { ...input, changedBy: identity.actor, changedAt });
      const { note: _note, ...days } = input;
      await tell(connection, context, {
        type: 'RetentionSettingsChanged',
        subjectType: 'settings',
        subjectId: 'retention',
        data: days,
      });
      return after;
    })
    .catch(refuseStale(() => currentState(context)));
  return settingsView(row);
}

/** What the next removal would take with these times. */
export function readRetentionDue(
  { services, identity }: ReadContext,
  chosen: RetentionDays,
): Promise<RetentionDue> {
  const at = new Date(startOfDay(new Date()).getTime() + 86_400_000);
  const days = daysOf(chosen);
  return services.db.tenant(identity.tenantId, async (connection) => {
    const part = async (kind: RecordKind) => {
      const kept = days[kind];
      if (kept === null) return null;
      const before = cutoff(at, kind, kept);
      const counted = await countOlder(connection, identity.tenantId, kind, before);
      return { before: before.toISOString(), ...counted };
    };
    return {
      at: at.toISOString(),
      payloads: await part('payloads'),
      events: await part('events'),
      deliveries: await part('deliveries'),
    };
  });
}

async function currentState(context: ReadContext) {
  const current = await readRetentionSettings(context);
  const { changedBy, changedAt } = current;
  if (!changedBy || !changedAt) throw new Error('Retention has a revision and no author');
  return { what: 'The retention', changedBy, changedAt, current };
}

function settingsView({ retention, retention_revision: revision }: RetentionRow): RetentionSettings {
  return {
    payloadDays: retention?.payloadDays ?? null,
    eventDays: retention?.eventDays ?? null,
    deliveryDays: retention?.deliveryDays ?? null,
    note: retention?.note ?? '',
    revision,
    changedBy: retention?.changedBy ?? null,
    changedAt: retention?.changedAt ?? null,
  };
}
