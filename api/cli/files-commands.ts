import { Command } from 'commander';
import { askYes } from './ask.ts';
import { connect } from './connection.ts';
import { readFolder, writeFolder } from './definition-files.ts';
import { exitCodes, type JsonOption, say, sayJson, UsageError } from './output.ts';
import { sayCredentials, sayPlan } from './plan-words.ts';

const pruneWords = 'archives what the organization has and the files have not, apart from domains';

interface PruneOption extends JsonOption {
  prune?: boolean;
}

export function filesCommands(): Command[] {
  return [
    new Command('export')
      .description('Writes tools, connectors, playbooks and domains into a folder, a YAML file each')
      .argument('<folder>')
      .option('--json', 'prints the files as JSON, and writes none')
      .action(exportTo),
    new Command('plan')
      .description('Says what applying the files of a folder would change and break; it changes nothing')
      .argument('<folder>')
      .option('--prune', pruneWords)
      .option('--json', 'as JSON')
      .addHelpText(
        'after',
        '\nExits with 0 when there is nothing to apply, with 2 when there is something, and with 1 when it cannot be applied.',
      )
      .action(plan),
    new Command('apply')
      .description('Makes the organization as the files of a folder say: all of it, or nothing')
      .argument('<folder>')
      .option('--prune', pruneWords)
      .option('--yes', 'does not show the plan and ask first')
      .option('--json', 'prints the result as JSON')
      .action(apply),
  ];
}

async function exportTo(folder: string, { json }: JsonOption): Promise<void> {
  const exported = await (await connect()).files.export();
  if (json) return sayJson(exported);
  const written = await writeFolder(folder, exported.files);
  say(`${exported.files.length} files in ${folder}, ${written} of them new or changed.`);
  for (const { kind, name, reason } of exported.left) say(`${kind} ${name}: ${reason}.`);
}

async function plan(folder: string, { prune = false, json }: PruneOption): Promise<void> {
  const files = await readFolder(folder);
  const found = await (await connect()).files.plan({ files, prune });
  if (json) sayJson(found);
  else sayPlan(found);
  process.exitCode = exitCodeOf(found);
}

function exitCodeOf({
  problems,
  changes,
}: {
  problems: readonly unknown[];
  changes: readonly { action: string }[];
}): number {
  if (problems.length > 0) return exitCodes.error;
  const isChange = ({ action }: { action: string }) => ['create', 'update', 'archive'].includes(action);
  return changes.some(isChange) ? exitCodes.changes : exitCodes.done;
}

async function apply(
  folder: string,
  { yes, prune = false, json }: PruneOption & { yes?: boolean },
): Promise<void> {
  if (!yes && !process.stdin.isTTY)
    throw new UsageError('Nobody can be asked here. Nothing was applied. Say --yes to apply without.');
  const client = await connect();
  const files = await readFolder(folder);
  const planned = await client.files.plan({ files, prune });
  if (planned.problems.length > 0 || !yes) sayPlan(planned);
  if (planned.problems.length > 0) {
    process.exitCode = exitCodes.error;
    return;
  }
  if (exitCodeOf(planned) === exitCodes.changes && !yes && !(await askYes('Apply this?')))
    throw new Error('Nothing was applied.');
  const result = await client.files.applyPlan({ files, prune, planDigest: planned.planDigest });
  if (json) return sayJson(result);
  const { created, updated, archived, unchanged, credentials } = result;
  say(`${created} created, ${updated} changed, ${archived} archived, ${unchanged} as they were.`);
  sayCredentials(credentials);
}
