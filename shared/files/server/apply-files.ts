import { InterlockError } from '../../platform/error-codes.ts';
import { StaleError } from '../../platform/if-match.ts';
import type { DefinitionFile, FilesPlan, FilesResult } from '../file-schemas.ts';
import type { FilesContext } from './files-context.ts';
import { changedSince, planFiles } from './plan-files.ts';

/**
 * Makes the organization as the files say: all of them in one transaction, or none. What is not in the files stays. Files
 * that say what is there change nothing.
 * @throws InterlockError `invalid_definition` with every problem, `precondition_failed` naming what has changed since the
 * plan, `forbidden` or `already_exists`
 */
export async function applyFiles(
  context: FilesContext,
  { files, planDigest }: { files: readonly DefinitionFile[]; planDigest: string },
): Promise<FilesResult> {
  const { plan, writes, credentials } = await planFiles(context, files, { impact: false });
  refuseProblems(plan, files);
  const changes = plan.changes.map(({ file, kind, name, action }) => ({ file, kind, name, action }));
  const count = (action: string) => changes.filter((each) => each.action === action).length;
  const result = { created: count('create'), updated: count('update'), unchanged: count('unchanged') };
  if (writes.length === 0) return { ...result, changes, credentials: credentials.missing(true) };
  const stale = changedSince(planDigest, plan.planDigest, files);
  if (stale.length > 0) throw changedMeanwhile(stale);
  const { services, identity } = context;
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    await credentials.write(connection, context);
    for (const { file, draft } of writes)
      await draft.write(connection).catch((error: unknown) => {
        throw error instanceof StaleError ? changedMeanwhile([file]) : error;
      });
  });
  return { ...result, changes, credentials: credentials.missing(true) };
}

function changedMeanwhile(files: string[]): InterlockError {
  return new InterlockError(
    'precondition_failed',
    `This is not what was planned: ${files.join(', ')} changed since. Nothing was changed. Plan again.`,
    { details: { files } },
  );
}

function refuseProblems({ problems }: FilesPlan, files: readonly DefinitionFile[]): void {
  if (problems.length === 0) return;
  throw new InterlockError('invalid_definition', 'Some files cannot be applied. Nothing was changed.', {
    issues: problems.map(({ file, line, message }) => ({
      path: `/files/${files.findIndex((each) => each.path === file)}/text`,
      message: `${file}:${line}: ${message}`,
      keyword: 'file',
    })),
  });
}
