import type { Database } from '../../platform/db/database.ts';
import { runSandboxed } from '../../platform/server/sandboxes/sandboxes.ts';
import { listCodeLanguages } from '../db/code-languages.ts';
import { sandboxJob } from '../providers/code/call/sandbox-job.ts';
import { type CodeLanguage, codeConfigSchema } from '../providers/code/config.ts';

const sources: Record<CodeLanguage, string> = {
  javascript: 'function main() {}',
  typescript: 'function main() {}',
  python: 'def main(input): pass',
};
const longestMs = 90_000;

/**
 * Loads the engines of the languages that `code` tools have, so that no first call waits for one: of Python it takes
 * seconds. Processes without such tools load none.
 * @returns the languages that are ready
 */
export async function warmUpCode(db: Database): Promise<CodeLanguage[]> {
  const ready: CodeLanguage[] = [];
  for (const language of await db.system(listCodeLanguages)) {
    const config = codeConfigSchema.parse({ language, source: sources[language] });
    const result = await runSandboxed(
      sandboxJob('check', config, 'null', ''),
      AbortSignal.timeout(longestMs),
    );
    if ('output' in result) ready.push(language);
  }
  return ready;
}
