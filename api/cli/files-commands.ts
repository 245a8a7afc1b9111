import { Command } from 'commander';
import { connect } from './connection.ts';
import { readFolder, writeFolder } from './definition-files.ts';
import { counted, exitCodes, type JsonOption, UsageError } from './output.ts';
import { sayCredentials, sayPlan } from './plan-words.ts';
import type { Terminal } from './terminal.ts';

const pruneWords = 'archives what the organization has and the files have not, apart from domains';

interface PruneOption extends JsonOption {
  prune?: boolean;
}

interface ApplyOption extends PruneOption {
  yes?: boolean;
}

export function filesCommands(terminal: Terminal): Command[] {
  return [
    new Command('export')
      .description('Writes tools, connectors, playbooks and domains into a folder, a YAML file each')
      .argument('<folder>')
      .option('--json', 'prints the files as JSON, and writes none')
      .action((folder: string, options: JsonOption) => exportTo(terminal, folder, options)),
    new Command('plan')
      .description('Says what applying the files of a folder would change and break; it changes nothing')
      .argument('<folder>')
      .option('--prune', pruneWords)
      .option('--json', 'as JSON')
      .addHelpText(
        'after',
        '\nExits with 0 when there is nothing to apply, with 2 when there is something, and with 1 when it cannot be applied.',
      )
      .action((folder: string, options: PruneOption) => plan(terminal, folder, options)),
    new Command('apply')
      .description('Makes the organization as the files of a folder say: all of it, or nothing')
      .argument('<folder>')
      .option('--prune', pruneWords)
      .option('--yes', 'does not show the plan and ask first')
      .option('--json', 'prints the result as JSON')
      .action((folder: string, options: ApplyOption) => apply(terminal, folder, options)),
  ];
}

async function exportTo(terminal: Terminal, folder: string, { json }: JsonOption): Promise<void> {
  const exported = await (await connect(terminal)).files.export();
  if (json) return terminal.sayJson(exported);
  const written = await writeFolder(folder, exported.files);
  terminal.say(`${counted(exported.files.length, 'file')} in ${folder}, ${written} new or changed.`);
  for (const { kind, name, reason } of exported.left) terminal.say(`${kind} ${name}: ${reason}.`);
}

async function plan(terminal: Terminal, folder: string, { prune = false, json }: PruneOption): Promise<void> {
  const files = await readFolder(folder);
  const found = await (await connect(terminal)).files.plan({ files, prune });
  if (json) terminal.sayJson(found);
  else sayPlan(terminal, found);
  terminal.exitCode = exitCodeOf(found);
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
  terminal: Terminal,
  folder: string,
  { yes, prune = false, json }: ApplyOption,
): Promise<void> {
  if (!yes && !terminal.hasPerson)
    throw new UsageError('Nobody can be asked here. Nothing was applied. Say --yes to apply without.');
  const client = await connect(terminal);
  const files = await readFolder(folder);
  const planned = await client.files.plan({ files, prune });
  if (planned.problems.length > 0 || !yes) sayPlan(terminal, planned);
  if (planned.problems.length > 0) {
    terminal.exitCode = exitCodes.error;
    return;
  }
  if (exitCodeOf(planned) === exitCodes.changes && !yes && !(await terminal.askYes('Apply this?')))
    throw new Error('Nothing was applied.');
  const result = await client.files.applyPlan({ files, prune, planDigest: planned.planDigest });
  if (json) return terminal.sayJson(result);
  const { created, updated, archived, unchanged, credentials } = result;
  terminal.say(`${created} created, ${updated} changed, ${archived} archived, ${unchanged} as they were.`);
  sayCredentials(terminal, credentials);
}
