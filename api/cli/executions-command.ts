import { Command } from 'commander';
import { connect } from './connection.ts';
import { exitCodeOf, follow, sayOutcome, sayProgress } from './execution-words.ts';
import { type JsonOption, sayJson, sayTable, UsageError } from './output.ts';

export function executionsCommand(): Command {
  const executions = new Command('executions').description('Executions of tools');
  executions
    .command('list')
    .description('Lists executions, newest first')
    .option('--limit <number>', 'how many', '20')
    .option('--search <text>', 'only those with this text')
    .option('--json', 'as JSON')
    .action(list);
  executions
    .command('get')
    .description('Shows an execution')
    .argument('<id>')
    .option('--json', 'as JSON')
    .action(get);
  executions
    .command('follow')
    .description('Shows what an execution does until it has ended')
    .argument('<id>')
    .option('--json', 'prints the execution as a line of JSON whenever it changes')
    .addHelpText('after', '\nExits as `interlock tools run` does.')
    .action(followOne);
  return executions;
}

async function list({ limit, search, json }: JsonOption & { limit: string; search?: string }): Promise<void> {
  const count = Number(limit);
  if (!Number.isInteger(count) || count < 1) throw new UsageError(`${limit} is no number of executions.`);
  const client = await connect();
  const found = [];
  for await (const each of client.executions.list.all(search === undefined ? {} : { q: search })) {
    found.push(each);
    if (found.length === count) break;
  }
  if (json) return sayJson(found);
  sayTable(
    ['ID', 'CREATED', 'STATUS', 'TOOL'],
    found.map(({ id, createdAt, status, toolName }) => [id, createdAt, status, toolName]),
  );
}

async function get(id: string, { json }: JsonOption): Promise<void> {
  const execution = await (await connect()).executions.get({ id });
  if (json) return sayJson(execution);
  sayProgress(execution, null);
  sayOutcome(execution);
}

async function followOne(id: string, { json }: JsonOption): Promise<void> {
  let last = '';
  const ended = await follow(
    await connect(),
    id,
    (now, before) => {
      if (!json) return sayProgress(now, before);
      const line = JSON.stringify(now);
      if (line !== last) process.stdout.write(`${line}\n`);
      last = line;
    },
    { throughApproval: true },
  );
  if (!json) sayOutcome(ended);
  process.exitCode = exitCodeOf(ended);
}
