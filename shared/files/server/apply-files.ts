import { InterlockError } from '../../platform/error-codes.ts';
import { StaleError } from '../../platform/if-match.ts';
import type { ApplyFiles, DefinitionFile, FilesPlan, FilesResult } from '../file-schemas.ts';
import type { FilesContext } from './files-context.ts';
import { changedSince, planFiles } from './plan-files.ts';

/**
 * Makes the organization as the files say: all of them in one transaction, or none. What is not in the files stays, unless
 * it is pruned: then it is archived. Files that say what is there change nothing.
 * @throws InterlockError `invalid_definition` with every problem, `precondition_failed` naming what has changed since the
 * plan, `forbidden` or `already_exists`
 */
export async function applyFiles(
  context: FilesContext,
  { files, prune, planDigest }: ApplyFiles,
): Promise<FilesResult> {
  const { plan, writes, archives, credentials } = await planFiles(
    context,
    { files, prune },
    { impact: false },
  );
  refuseProblems(plan, files);
  const changes = plan.changes.map(({ file, kind, name, action }) => ({ file, kind, name, action }));
  const count = (action: string) => changes.filter((each) => each.action === action).length;
  const result = {
    created: count('create'),
    updated: count('update'),
    archived: count('archive'),
    unchanged: count('unchanged'),
  };
  if (writes.length + archives.length === 0)
    return { ...result, changes, credentials: credentials.missing(true) };
  const paths = [...files.map(({ path }) => path), ...archives.map(({ file }) => file)];
  const stale = changedSince(planDigest, plan.planDigest, paths);
  if (stale.length > 0) throw changedMeanwhile(stale);
  const { services, identity } = context;
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    await credentials.write(connection, context);
    const steps = [...writes.map(({ file, draft }) => ({ file, ...draft })), ...archives];
    for (const { file, write } of steps)
      await write(connection).catch((error: unknown) => {
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
      path: placeOf(files.findIndex((each) => each.path === file)),
      message: `${file}:${line}: ${message}`,
      keyword: 'file',
    })),
  });
}

/** What is archived has no file. */
const placeOf = (index: number): string => (index < 0 ? '/prune' : `/files/${index}/text`);
