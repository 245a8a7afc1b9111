import { authorize, type Permission } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { parseShape } from '../../playbooks/server/check-shape.ts';
import { toolCallsOf } from '../../playbooks/server/checks/catalog.ts';
import { archivePlaybookOn } from '../../playbooks/server/playbook-service.ts';
import { readToolUses } from '../../playbooks/server/tool-uses.ts';
import { archiveToolOn } from '../../tools/server/manage-tool.ts';
import { archiveConnectorOn } from '../../tools/server/write-connector.ts';
import type { FileKind } from '../file-schemas.ts';
import type { FilesContext } from './files-context.ts';
import { type Current, type Organization, pathOf } from './organization.ts';

type Fields = Record<string, unknown>;

/** What is archived, because it is not in the files. */
export interface Archive {
  file: string;
  current: Current;
  /** @throws StaleError when it has changed meanwhile */
  write(connection: TenantConnection): Promise<void>;
}

/** Users before what they use. A domain cannot be archived. */
const archived = ['playbook', 'tool', 'connector'] as const satisfies FileKind[];
const permissions = {
  playbook: 'playbooks.write',
  tool: 'tools.write',
  connector: 'connectors.write',
} as const satisfies Record<(typeof archived)[number], Permission>;

/** @param given the paths of the files */
export function archivesOf(
  context: FilesContext,
  { current }: Organization,
  given: ReadonlySet<string>,
): Archive[] {
  return archived.flatMap((kind) =>
    [...current.values()].flatMap((each): Archive[] => {
      const file = pathOf(each.kind, each.name);
      if (each.kind !== kind || given.has(file)) return [];
      authorize(context.identity, permissions[kind]);
      return [{ file, current: each, write: (connection) => archive(connection, context, each) }];
    }),
  );
}

function archive(
  connection: TenantConnection,
  context: FilesContext,
  { kind, id, name, state }: Current,
): Promise<void> {
  const ifMatch = [state];
  const ownerId = context.identity.tenantId;
  if (kind === 'playbook') return archivePlaybookOn(connection, context, { playbookId: id, ifMatch });
  if (kind === 'tool') return archiveToolOn(connection, context, { toolId: id, ownerId, ifMatch });
  return archiveConnectorOn(connection, context, { id, ownerId, name, ifMatch });
}

/**
 * Why something cannot be archived: what stays still uses it, or people wait for it.
 * @param after by path: what the files make of what they change
 */
export async function archiveProblems(
  context: FilesContext,
  organization: Organization,
  { archives, after }: { archives: readonly Archive[]; after: ReadonlyMap<string, Fields> },
): Promise<{ file: string; path: string; message: string }[]> {
  const gone = new Set(archives.map(({ file }) => file));
  const found = [];
  for (const { file, current } of archives) {
    const users =
      current.kind === 'tool'
        ? await usersOfTool(context, current, { gone, after })
        : current.kind === 'connector'
          ? usersOfConnector(organization, current, { gone, after })
          : [];
    if (users.length > 0)
      found.push({ file, path: '', message: `It cannot be archived: ${users.join(', ')} still need it` });
  }
  return found;
}

interface Change {
  gone: ReadonlySet<string>;
  after: ReadonlyMap<string, Fields>;
}

async function usersOfTool(
  context: FilesContext,
  { id, name: tool }: Current,
  { gone, after }: Change,
): Promise<string[]> {
  const { playbooks, waitingSteps } = await readToolUses(context, id);
  const using = playbooks.flatMap(({ name }) => {
    const file = pathOf('playbook', name);
    const next = after.get(file);
    return gone.has(file) || (next && !calls(next, tool)) ? [] : [file];
  });
  return [...using, ...waitingSteps.map(({ runId, title }) => `the step ${title} of the run ${runId}`)];
}

function calls({ draft: _draft, ...document }: Fields, name: string): boolean {
  const { document: parsed } = parseShape(document);
  return parsed === null || toolCallsOf(parsed).some(({ tool }) => tool === name);
}

function usersOfConnector({ current }: Organization, { name }: Current, { gone, after }: Change): string[] {
  return [...current].flatMap(([file, each]) => {
    const next = after.get(file) ?? each.file;
    const uses = each.kind === 'tool' && isObject(next) && next.connector === name;
    return uses && !gone.has(file) ? [file] : [];
  });
}
