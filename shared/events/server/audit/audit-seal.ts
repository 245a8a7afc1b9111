import type { Logger } from 'pino';
import type { Database } from '../../../platform/db/database.ts';
import type { ReservedHosts } from '../../../platform/server/egress/reserved-hosts.ts';
import type { Vault } from '../../../platform/server/vault.ts';
import type { AuditHead } from '../../audit-schemas.ts';
import {
  insertHeads,
  insertProblems,
  markExported,
  type NewProblem,
  nextToCheck,
  readUnexportedHeads,
  readUnsignedEnds,
  writeChecked,
} from '../../db/audit-heads.ts';
import { lockCheck, readClock } from '../../db/audit-seal.ts';
import type { TailPosition } from '../../db/events.ts';
import { tell } from '../tell.ts';
import { type AuditKeys, createAuditKeys } from './audit-keys.ts';
import { signHead } from './audit-signature.ts';
import { checkBlocks, compareHeads } from './check-seal.ts';
import { createHeadSink } from './head-sink.ts';
import { sealEvents } from './seal-events.ts';

export interface AuditSealServices {
  db: Database;
  vault: Vault;
  log: Logger;
  reservedHosts: ReservedHosts;
  /** Where signed heads go; undefined: nowhere. */
  headsPlace: string | undefined;
}

/** The seal of the log, see decision 0040. Any number of processes may work on it at once. */
export interface AuditSeal {
  readonly keys: AuditKeys;
  /**
   * Seals whatever has committed before every open transaction.
   * @param options.ended the caller knows that every older transaction of this database has ended
   * @returns how far
   */
  seal(options?: { ended?: string; signal?: AbortSignal }): Promise<TailPosition>;
  /** Signs the end of every chain that has grown. */
  signHeads(): Promise<void>;
  /** Writes signed heads to the place that the deployment names. */
  exportHeads(): Promise<void>;
  /**
   * Compares some rows with the seal, for a quarter of a second, and reports what differs.
   * @param restMs how long a chain rests that was compared as a whole; default a minute
   */
  check(options?: { restMs?: number }): Promise<void>;
}

const headsAtOnce = 500;
/** Of up to 500 events each, and mostly of a few. */
const blocksAtOnce = 12;
/** A chain that was compared as a whole rests for so long. */
const restMs = 60_000;
/** How long one comparison may take before it leaves the rest for later. */
const checkMs = 250;
/** Tenants whose last exported head is remembered. */
const rememberedHeads = 1_000;

const interlock = { type: 'system', id: 'worker', name: 'Interlock' } as const;

export function createAuditSeal({ db, vault, log, reservedHosts, headsPlace }: AuditSealServices): AuditSeal {
  const keys = createAuditKeys({ db, vault });
  const sink = createHeadSink(headsPlace, reservedHosts);
  /** The last head of each tenant that is known to have left, by tenant. Null: not read yet. */
  let left: Map<string, AuditHead> | null = null;

  async function remember(heads: readonly AuditHead[]): Promise<Map<string, AuditHead>> {
    left ??= await remembered((await sink?.recent()) ?? []);
    for (const head of heads) keepNewest(left, head);
    return left;
  }

  /** Heads of another deployment, or that no key of ours signed, say nothing. */
  async function remembered(heads: readonly AuditHead[]): Promise<Map<string, AuditHead>> {
    const newest = new Map<string, AuditHead>();
    for (const head of heads) if (await keys.find(head.keyId)) keepNewest(newest, head);
    return newest;
  }

  async function report(tenantId: string, problems: NewProblem[]): Promise<void> {
    if (problems.length === 0) return;
    await db.systemTransaction(async (connection) => {
      const found = await insertProblems(connection, tenantId, problems);
      const [first] = found;
      if (!first) return;
      log.error({ tenantId, problems: found }, 'The audit trail is not as it was sealed');
      const { kind, block, eventId, sequence } = first;
      await tell(
        connection,
        { identity: { tenantId, actor: interlock } },
        {
          type: 'AuditSealBroken',
          subjectType: 'audit',
          subjectId: eventId ?? `block/${block}`,
          data: { kind, block, sequence, found: found.length },
        },
      );
    });
  }

  /** @returns false when there is nothing to compare now */
  async function checkNext(rest: number): Promise<boolean> {
    const checked = await db.systemTransaction(async (connection) => {
      const next = (await lockCheck(connection)) ? await nextToCheck(connection, rest) : null;
      if (!next) return null;
      const { tenant_id: tenantId, number: after } = next;
      const found = await checkBlocks(connection, keys, tenantId, { after, limit: blocksAtOnce });
      const { number, ended } = found;
      await writeChecked(connection, tenantId, { number: ended ? 0 : number, completed: ended });
      return { tenantId, problems: found.problems };
    });
    if (!checked) return false;
    await report(checked.tenantId, checked.problems);
    return true;
  }

  return {
    keys,
    async seal({ ended = '0', signal } = {}) {
      for (;;) {
        const { position, full } = await sealEvents(db, ended);
        if (!full || signal?.aborted) return position;
      }
    },
    async signHeads() {
      const ends = await db.system(readUnsignedEnds);
      if (ends.length === 0) return;
      const key = await keys.signing();
      const signedAt = await db.system(readClock);
      const heads = ends.map(({ tenantId, number, sequence, hash }) =>
        signHead({ tenantId, block: number, sequence, hash, signedAt, keyId: key.id }, key.privateKey),
      );
      await db.system((connection) => insertHeads(connection, heads));
    },
    async exportHeads() {
      if (!sink) return;
      for (;;) {
        const heads = await db.system((connection) => readUnexportedHeads(connection, headsAtOnce));
        if (heads.length === 0) return;
        await sink.write(heads, await keys.signing());
        await remember(heads);
        await db.system((connection) => markExported(connection, heads));
        if (heads.length < headsAtOnce) return;
      }
    },
    async check({ restMs: rest = restMs } = {}) {
      const until = performance.now() + checkMs;
      while ((await checkNext(rest)) && performance.now() < until);
      const heads = [...(await remember([])).values()];
      const misfits = await db.system((connection) => compareHeads(connection, heads));
      for (const { tenantId, problem } of misfits) await report(tenantId, [problem]);
    },
  };
}

function keepNewest(newest: Map<string, AuditHead>, head: AuditHead): void {
  const known = newest.get(head.tenantId);
  if (known && known.block >= head.block) return;
  newest.delete(head.tenantId);
  newest.set(head.tenantId, head);
  if (newest.size > rememberedHeads) newest.delete(newest.keys().next().value!);
}
