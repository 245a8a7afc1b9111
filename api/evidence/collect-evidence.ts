import { exportAudit, sealEverything } from '../../shared/events/server/audit/export-audit.ts';
import { tell } from '../../shared/events/server/tell.ts';
import type { Identity } from '../../shared/identity/roles.ts';
import { writeJson } from '../../shared/platform/json-text.ts';
import { readJson } from '../../shared/platform/read-json.ts';
import { appRouter } from '../router.ts';
import { createCallerFactory, type RequestContext } from '../trpc.ts';
import {
  contentDigest,
  type EvidenceContent,
  type EvidencePack,
  evidenceFormat,
  type Outputs,
} from './evidence-pack.ts';

const createCaller = createCallerFactory(appRouter);
type Caller = ReturnType<typeof createCaller>;

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

async function everyPage<T>(read: (cursor?: string) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  for (let page = await read(); ; page = await read(page.nextCursor)) {
    all.push(...page.items);
    if (page.nextCursor === null) return all;
  }
}

/** Everything of a case as its reader may see it: each part comes through the door that shows it. */
async function contentOf(
  caller: Caller,
  identity: Identity,
  exception: Outputs['exceptions']['get'],
): Promise<EvidenceContent> {
  const { id } = exception;
  const withCursor = (cursor?: string) => (cursor === undefined ? {} : { cursor });
  const timeline = await everyPage((cursor) =>
    caller.exceptions.timeline({ id, limit: 200, ...withCursor(cursor) }),
  );
  const executions = await everyPage((cursor) =>
    caller.executions.list({ exceptionId: id, limit: 100, ...withCursor(cursor) }),
  );
  const runs = await everyPage((cursor) =>
    caller.runs.list({ exceptionId: id, limit: 100, ...withCursor(cursor) }),
  );
  const content: EvidenceContent = {
    tenant: { id: identity.tenantId, slug: identity.tenantSlug, name: identity.tenantName },
    exportedAt: new Date().toISOString(),
    exportedBy: identity.actor,
    exception,
    // Each page is in order, and the next one is older.
    timeline: timeline.toSorted((one, other) => one.at.localeCompare(other.at)),
    executions: await inTurn(executions, (each) => caller.executions.get({ id: each.id })),
    runs: await inTurn(runs, (run) => caller.runs.get({ id: run.id })),
  };
  // As the verifier reads it.
  return readJson(writeJson(content)) as unknown as EvidenceContent;
}

/** One after the other, oldest first: a case is no reason to take every connection. */
async function inTurn<T, R>(newestFirst: T[], read: (each: T) => Promise<R>): Promise<R[]> {
  const all: R[] = [];
  for (const each of newestFirst.toReversed()) all.push(await read(each));
  return all;
}

/**
 * The evidence pack of a case. That it was made is an event with the digest of its content, sealed before it is sent: so
 * the chain proves all of it.
 * @throws InterlockError `not_found`, or `forbidden` without the right to read the audit trail
 */
export async function collectEvidence(
  context: RequestContext & { identity: Identity },
  exceptionId: string,
): Promise<EvidencePack> {
  const caller = createCaller(context);
  // It also decides who may read where events came from.
  await caller.audit.head();
  const exception = await caller.exceptions.get({ id: exceptionId });
  const content = await contentOf(caller, context.identity, exception);
  await context.services.db.tenant(context.identity.tenantId, (connection) =>
    tell(connection, context, {
      type: 'EvidenceExported',
      subjectType: 'exception',
      subjectId: exception.id,
      exceptionId: exception.id,
      data: { digest: contentDigest(content) },
    }),
  );
  await sealEverything(context);
  const audit: string[] = [];
  for await (const text of exportAudit(context, { from: exception.createdAt, exceptionId: exception.id }))
    audit.push(...text.split('\n').filter(Boolean));
  return { format: evidenceFormat, content, audit };
}
