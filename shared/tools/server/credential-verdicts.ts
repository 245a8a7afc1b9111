import type { ChangeServices } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { noteAccepted, noteRefused } from '../db/credentials-health.ts';
import type { OwnerId } from './credential-store.ts';
import type { CallResult } from './provider.ts';

/** What the response to a call says about the credential that it carried. */
export interface CredentialVerdict {
  credentialId: string;
  ownerId: OwnerId;
  version: number;
  /** The credential was marked as refused when it was opened. */
  wasRefused: boolean;
  accepted: boolean;
  httpStatus: number | null;
}

export interface CredentialVerdicts {
  /** Writes, in the background, what is new: at most once a minute for each credential, in each direction. */
  note(tenantId: string, verdict: CredentialVerdict): void;
}

/** Null: the response says nothing about it. */
export function isAccepted(result: CallResult): boolean | null {
  if (result.ok) return true;
  return result.credentialRefused || result.httpStatus === 401 || result.httpStatus === 403 ? false : null;
}

const restMs = 60_000;
const actor = { type: 'system', id: 'worker', name: 'Interlock' } as const;

/** A call costs nothing for it: the statement that opens a credential says what is known already. */
export function createCredentialVerdicts(
  services: ChangeServices,
  now: () => number = Date.now,
): CredentialVerdicts {
  const written = new Map<string, number>();
  return {
    note(tenantId, verdict) {
      const { credentialId, accepted, wasRefused } = verdict;
      if (accepted !== wasRefused) return;
      const key = `${credentialId} ${accepted}`;
      const at = now();
      for (const [each, since] of written) {
        if (at - since < restMs) break;
        written.delete(each);
      }
      if (written.has(key)) return;
      written.set(key, at);
      write(services, tenantId, verdict).catch((error: unknown) => {
        services.log.warn({ err: error, credentialId }, 'what calls say about a credential was not stored');
      });
    },
  };
}

/** Once by all processes: the change is guarded by what it changes. */
async function write(
  { db, log }: ChangeServices,
  tenantId: string,
  { credentialId, ownerId, version, accepted, httpStatus }: CredentialVerdict,
): Promise<void> {
  await db.systemTransaction(async (connection) => {
    const of = { id: credentialId, ownerId, version };
    const changed = accepted
      ? await noteAccepted(connection, of)
      : await noteRefused(connection, of, httpStatus);
    if (!changed) return;
    const { name } = changed;
    // The event log is that of tenants; a global credential has none.
    if (ownerId === null)
      return log.warn(
        { name, httpStatus },
        `a global credential is ${accepted ? 'accepted again' : 'refused'}`,
      );
    await tell(
      connection,
      { identity: { tenantId, actor } },
      {
        type: accepted ? 'CredentialAccepted' : 'CredentialRefused',
        subjectType: 'credential',
        subjectId: credentialId,
        data: accepted ? { name, version } : { name, version, httpStatus },
      },
    );
  });
}
