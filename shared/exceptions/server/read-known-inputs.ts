import type { ReadContext } from '../../events/server/change-context.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { validateAgainst } from '../../platform/server/json-schema.ts';
import { loadToolOn } from '../../tools/server/tool-service.ts';
import { readExceptionRow } from '../db/exceptions.ts';
import { listAttachmentRows } from '../db/exceptions-attachments.ts';
import { listOutputs } from '../db/exceptions-outputs.ts';
import { exceptionLabel } from '../exception-number.ts';
import { type CaseValues, inputOf, type KnownInput, knownInputs } from '../known-inputs.ts';
import type { KnownInputs } from '../suggestion-schemas.ts';
import { exceptionNotFound } from './exception-views.ts';

/**
 * The inputs of a tool that an exception knows: of exactly their name, or mapped by the author of the tool, and valid by the
 * tool's schema.
 * @throws InterlockError `not_found`
 */
export async function readKnownInputs(
  { services, identity }: ReadContext,
  { id, toolId }: { id: string; toolId: string },
): Promise<KnownInputs> {
  const { tenantId } = identity;
  const { schema, version, values } = await services.db.tenant(tenantId, async (connection) => {
    const row = await readExceptionRow(connection, id);
    if (!row) throw exceptionNotFound();
    const tool = isUuid(toolId) ? await loadToolOn(connection, toolId) : null;
    if (!tool || tool.archived) throw new InterlockError('not_found', 'Tool not found.');
    const files = await listAttachmentRows(connection, row.id);
    const values: CaseValues = {
      fields: {
        id: row.id,
        number: row.number,
        label: exceptionLabel(row.number),
        title: row.title,
        description: row.description,
        domain: row.domain,
        severity: row.severity,
        source: row.source,
        assignee: row.assignee_name,
        dueAt: row.due_at?.toISOString() ?? null,
        createdAt: row.created_at.toISOString(),
      },
      attributes: row.attributes,
      files: files.map(({ name, file, artifact_id: artifact, bytes, digest }) => ({
        name,
        reference: {
          artifact,
          name: file.name,
          contentType: file.content_type,
          bytes,
          sha256: digest.toString('hex'),
        },
      })),
      outputs: await listOutputs(connection, row.id),
    };
    return { schema: tool.definition.inputSchema, version: tool.version, values };
  });
  const items = await validOnes(schema, knownInputs(schema, values), tenantId);
  return { toolVersion: version, items };
}

/** Those that the schema accepts at their place; what else the input needs does not matter here. */
async function validOnes(
  schema: Record<string, unknown>,
  found: readonly KnownInput[],
  tenantId: string,
): Promise<KnownInput[]> {
  if (found.length === 0) return [];
  const issues = await validateAgainst(schema, inputOf(found), tenantId);
  const isBad = (path: string) =>
    issues.some(
      (issue) => issue.keyword !== 'required' && (issue.path === path || issue.path.startsWith(`${path}/`)),
    );
  return found.filter(({ path }) => !isBad(path));
}
