import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { tell } from '../../events/server/tell.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { isUniqueViolation } from '../../platform/db/unique-violation.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import { authHosts, secretOf } from '../../tools/auth/registry.ts';
import { lockTool, readVersions, setTrial } from '../../tools/db/tools.ts';
import { diffDefinitions } from '../../tools/diff-definitions.ts';
import { targetHosts } from '../../tools/providers/registry.ts';
import { keptCredential } from '../../tools/server/credential-store.ts';
import { checkScope, type LoadedTool, loadTool, storedDefinition } from '../../tools/server/tool-service.ts';
import {
  addCandidate,
  checkTool,
  keepConnector,
  nextTool,
  refuseDuringTrial,
  staleTool,
  type ToolDraft,
  type WriteContext,
} from '../../tools/server/write-tool.ts';
import { insertTrial } from '../db/trials.ts';
import type { ComparedTrial, startTrialSchema } from '../trial-schemas.ts';
import { readComparedTrial } from './read-trials.ts';

type StartTrial = z.output<typeof startTrialSchema> & { ifMatch?: IfMatch | undefined };

/**
 * Shares the calls of a tool between its current version and another one: a version that is there, or a definition, which
 * becomes the next version without becoming the current one.
 * @throws InterlockError `not_found`, `forbidden` for a global tool, `invalid_input`, `invalid_definition`,
 * `precondition_failed`, or `conflict` during another trial; then nothing was written
 */
export async function startTrial(
  context: WriteContext,
  toolId: string,
  { ifMatch, ...input }: StartTrial,
): Promise<ComparedTrial> {
  const { services, identity } = context;
  const tool = await loadTool(services.db, identity.tenantId, toolId);
  checkScope(tool);
  refuseGlobal(tool);
  const candidate = await draftOf(context, toolId, input);
  refuseOtherContract(tool, candidate.draft, input.force);
  const { percent, stickyBy = null, stopAbove } = input;
  const id = uuidv7();
  await services.db
    .tenantTransaction(identity.tenantId, async (connection) => {
      const locked = await lockTool(connection, toolId, identity.tenantId);
      if (!locked) throw new InterlockError('not_found', 'Tool not found.');
      checkState(ifMatch, locked.current_version);
      refuseDuringTrial(locked);
      const baseline = locked.current_version;
      await keepConnector(connection, candidate.draft.checked.connectorId);
      const version = await candidateVersion(connection, context, candidate, baseline);
      await insertTrial(connection, {
        id,
        tool_id: toolId,
        baseline,
        candidate: version,
        percent,
        sticky_by: stickyBy,
        stop_error_rate: stopAbove?.errorRate ?? null,
        stop_at_least: stopAbove?.atLeast ?? null,
        ...createdByOf(identity.actor),
        created_by_person: identity.person,
      }).catch((error: unknown) => {
        if (!isUniqueViolation(error)) throw error;
        throw new InterlockError(
          'conflict',
          'The trial before is about to end. Nothing was changed; try again.',
        );
      });
      await setTrial(connection, toolId, { id, baseline, candidate: version, percent, stickyBy });
      await tell(connection, context, {
        type: 'TrialStarted',
        subjectType: 'tool',
        subjectId: toolId,
        data: { name: locked.name, trialId: id, version: baseline, candidate: version, percent },
      });
    })
    .catch(staleTool(context, toolId));
  return readComparedTrial(context, toolId, id);
}

/** One version is for every organization: their calls must not be compared together. */
function refuseGlobal({ tenantId }: LoadedTool): void {
  if (tenantId !== null) return;
  throw new InterlockError(
    'forbidden',
    'The versions of a global tool cannot be tried: its calls are those of every organization.',
  );
}

interface Candidate {
  draft: ToolDraft;
  /** Null: it is to be written. */
  version: number | null;
}

/** @throws InterlockError `invalid_input`, `invalid_definition` or `not_found` */
async function draftOf(
  context: WriteContext,
  toolId: string,
  { definition, version, note }: StartTrial,
): Promise<Candidate> {
  if ((definition === undefined) === (version === undefined)) {
    const issue: Issue = {
      path: definition === undefined ? '' : '/version',
      message: 'needs either a definition or a version',
      keyword: 'oneOf',
    };
    throw new InterlockError('invalid_input', 'A trial needs one candidate.', { issues: [issue] });
  }
  if (definition !== undefined)
    return { draft: await nextTool(context, toolId, definition, { note: note ?? null }), version: null };
  const { services, identity } = context;
  const ownerId = identity.tenantId;
  const [stored] = await services.db.tenant(ownerId, (connection) =>
    readVersions(connection, toolId, version),
  );
  if (!stored) throw new InterlockError('not_found', 'Version not found.');
  if (stored.draft)
    throw new InterlockError(
      'conflict',
      `Version ${stored.version} is a draft: only tests use it. Nothing was changed; start the trial with its definition.`,
    );
  const checked = await checkTool(context, storedDefinition(stored), { secretRequired: false });
  return { draft: { toolId, ownerId, checked, note: null }, version: stored.version };
}

/** Callers do not know which version they get: both have the name, take the inputs and give the outputs of the tool. */
function refuseOtherContract({ definition }: LoadedTool, { checked }: ToolDraft, force: boolean): void {
  const changes = diffDefinitions(definition, checked.resolved).filter(
    ({ path, impact }) => path === '/name' || (impact === 'breaking' && !force && isContract(path)),
  );
  if (changes.length === 0) return;
  throw new InterlockError(
    'invalid_definition',
    'Callers cannot know which version they get, and the candidate may break them. Nothing was changed.',
    {
      issues: changes.map(({ path, message }) => ({
        path,
        message: path === '/name' ? 'must stay the same while two versions share it' : message,
        keyword: 'breaking',
      })),
    },
  );
}

const isContract = (path: string): boolean => /^\/(input|output)Schema(\/|$)/.test(path);

/** The number of the candidate, which is written if it is new. @throws InterlockError `conflict` */
async function candidateVersion(
  connection: TenantConnection,
  context: WriteContext,
  { draft, version }: Candidate,
  current: number,
): Promise<number> {
  const candidate = version === null ? await addCandidate(connection, context, draft, current) : version;
  if (candidate === null || candidate === current)
    throw new InterlockError('conflict', 'The candidate is the current version. Nothing was changed.');
  const { auth } = draft.checked.written;
  if (version !== null && auth && secretOf(auth).credentialId) {
    const hosts = authHosts(auth, targetHosts(draft.checked.resolved));
    await keptCredential(connection, { ownerId: draft.ownerId, auth, hosts });
  }
  return candidate;
}
