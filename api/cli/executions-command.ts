import { Command } from 'commander';
import { connect } from './connection.ts';
import { exitCodeOf, follow, progressLines, sayOutcome } from './execution-words.ts';
import { type JsonOption, UsageError } from './output.ts';
import { ShownOutput } from './shown-output.ts';
import type { Terminal } from './terminal.ts';

export function executionsCommand(terminal: Terminal): Command {
  const executions = new Command('executions').description('Executions of tools');
  executions
    .command('list')
    .description('Lists executions, newest first')
    .option('--limit <number>', 'how many', '20')
    .option('--search <text>', 'only those with this text')
    .option('--json', 'as JSON')
    .action((options: ListOptions) => list(terminal, options));
  executions
    .command('get')
    .description('Shows an execution')
    .argument('<id>')
    .option('--json', 'as JSON')
    .action((id: string, options: JsonOption) => get(terminal, id, options));
  executions
    .command('follow')
    .description('Shows what an execution does until it has ended')
    .argument('<id>')
    .option(
      '--json',
      'prints a line of JSON whenever the execution changes, and {"chunk": …} for what it shows while it runs',
    )
    .addHelpText('after', '\nExits as `interlock tools run` does.')
    .action((id: string, options: JsonOption) => followOne(terminal, id, options));
  return executions;
}

interface ListOptions extends JsonOption {
  limit: string;
  search?: string;
}

async function list(terminal: Terminal, { limit, search, json }: ListOptions): Promise<void> {
  const count = Number(limit);
  if (!Number.isInteger(count) || count < 1) throw new UsageError(`${limit} is no number of executions.`);
  const client = await connect(terminal);
  const found = [];
  for await (const each of client.executions.list.all(search === undefined ? {} : { q: search })) {
    found.push(each);
    if (found.length === count) break;
  }
  if (json) return terminal.sayJson(found);
  terminal.sayTable(
    ['ID', 'CREATED', 'STATUS', 'TOOL'],
    found.map(({ id, createdAt, status, toolName }) => [id, createdAt, status, toolName]),
  );
}

async function get(terminal: Terminal, id: string, { json }: JsonOption): Promise<void> {
  const execution = await (await connect(terminal)).executions.get({ id });
  if (json) return terminal.sayJson(execution);
  for (const line of progressLines(execution, null)) terminal.say(line);
  sayOutcome(terminal, execution);
}

async function followOne(terminal: Terminal, id: string, { json = false }: JsonOption): Promise<void> {
  const client = await connect(terminal);
  const output = new ShownOutput(terminal, client, { id, json });
  let last = '';
  const ended = await follow(
    client,
    id,
    (now, before) => {
      const whole = JSON.stringify(now);
      const lines = json ? [whole].filter((line) => line !== last) : progressLines(now, before);
      last = whole;
      if (lines.length > 0) output.endLine();
      for (const line of lines) terminal.say(line);
    },
    { throughApproval: true, shown: () => output.print() },
  );
  if (!json) sayOutcome(terminal, ended);
  terminal.exitCode = exitCodeOf(ended);
}
