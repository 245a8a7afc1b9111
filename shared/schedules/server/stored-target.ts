import { writeJson } from '../../platform/json-text.ts';
import { readJson } from '../../platform/read-json.ts';
import type { Vault } from '../../platform/server/vault.ts';
import type { SealedStore } from '../../platform/server/vault-keys.ts';
import type { ScheduleRow } from '../db/schedules.ts';
import type { TargetInput } from '../schedule-schemas.ts';

interface Ids {
  tenantId: string;
  scheduleId: string;
}

const contextOf = ({ tenantId, scheduleId }: Ids) => ({
  purpose: 'schedule',
  tenant: tenantId,
  schedule: scheduleId,
});

export const sealedSchedules: SealedStore = {
  table: 'schedule',
  column: 'target_sealed',
  key: ['id'],
  facts: ['tenant_id'],
  contextOf: ({ tenant_id, id }) => contextOf({ tenantId: tenant_id!, scheduleId: id! }),
};

export const sealTarget = (vault: Vault, ids: Ids, target: TargetInput): Promise<Buffer> =>
  vault.seal(writeJson(target), contextOf(ids));

/** Null when it is archived. @throws VaultError */
export async function openTarget(
  vault: Vault,
  { id, tenant_id, target_sealed }: Pick<ScheduleRow, 'id' | 'tenant_id' | 'target_sealed'>,
): Promise<TargetInput | null> {
  if (!target_sealed) return null;
  const clear = await vault.open(target_sealed, contextOf({ tenantId: tenant_id, scheduleId: id }));
  return readJson(clear) as TargetInput;
}
