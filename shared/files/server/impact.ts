import { InterlockError } from '../../platform/error-codes.ts';
import { readBlastRadius } from '../../playbooks/server/blast-radius.ts';
import { diffDefinitions } from '../../tools/diff-definitions.ts';
import { readConnectorBlastRadius } from '../../tools/server/connector-history.ts';
import { loadTool } from '../../tools/server/tool-service.ts';
import type { Affected, FileChange, FileKind } from '../file-schemas.ts';
import type { Draft, Drafting } from './draft-files.ts';
import type { Current } from './organization.ts';

type Impact = Pick<FileChange, 'breaking' | 'changes' | 'affects'>;
const none: Impact = { breaking: false, changes: [], affects: [] };

/** What a change of a tool or a connector breaks, as their pages say it. Nothing depends on what is new. */
export async function impactOf(
  drafting: Drafting,
  { kind, current, draft }: { kind: FileKind; current: Current | null; draft: Draft },
): Promise<Impact> {
  if (current === null) return none;
  if (kind === 'connector') return ofConnector(drafting, current.id, draft);
  if (kind === 'tool') return ofTool(drafting, current.id, draft);
  return none;
}

async function ofConnector({ context }: Drafting, id: string, { sent }: Draft): Promise<Impact> {
  const { breaking, changes, tools } = await readConnectorBlastRadius(context, id, sent);
  const affects = tools.flatMap((tool): Affected[] => {
    const messages = [
      ...tool.issues.map(({ message }) => message),
      ...tool.changes.flatMap(({ impact, message }) => (impact === 'breaking' ? [message] : [])),
    ];
    return messages.map((message) => ({ kind: 'tool', name: tool.name, message }));
  });
  return { breaking, changes, affects };
}

async function ofTool(
  { context: { services, identity }, written }: Drafting,
  id: string,
  { sent, tool }: Draft,
): Promise<Impact> {
  const before = await loadTool(services.db, identity.tenantId, id);
  if (!before || !tool) return none;
  const changes = diffDefinitions(before.definition, tool.checked.resolved);
  const { playbooks, waitingSteps, storedInputs } = await readBlastRadius(
    services.db,
    identity.tenantId,
    id,
    sent,
    written,
  ).catch((error: unknown) => {
    // Archived since it was read: applying says so.
    if (error instanceof InterlockError && error.code === 'not_found') return noRadius;
    throw error;
  });
  return {
    breaking: changes.some(({ impact }) => impact === 'breaking'),
    changes,
    affects: [
      ...playbooks.map(({ name, stepTitle, issues }): Affected => {
        return { kind: 'playbook', name, message: `${stepTitle}: ${inWords(issues)}` };
      }),
      ...waitingSteps.map(({ runId, title, issues }): Affected => {
        return { kind: 'run', name: runId, message: `${title}: ${inWords(issues)}` };
      }),
      ...storedInputs.failing.map(({ executionId, issues }): Affected => {
        return { kind: 'input', name: executionId, message: inWords(issues) };
      }),
    ],
  };
}

const noRadius: Awaited<ReturnType<typeof readBlastRadius>> = {
  playbooks: [],
  waitingSteps: [],
  storedInputs: { checked: 0, failing: [] },
};

const inWords = (issues: readonly { path: string; message: string }[]): string =>
  issues.map(({ path, message }) => (path === '' ? message : `${path} ${message}`)).join('; ');
