import { Command } from 'commander';
import type { InterlockClient } from '../../shared/client/interlock-client.ts';
import { connect } from './connection.ts';
import { counted, type JsonOption, plain } from './output.ts';
import type { Terminal } from './terminal.ts';
import { readObject } from './tool-input.ts';

type Schedule = Awaited<ReturnType<InterlockClient['schedules']['get']>>;

export function schedulesCommand(terminal: Terminal): Command {
  const schedules = new Command('schedules').description('What runs at times');
  const command = (name: string, description: string) =>
    schedules.command(name).description(description).option('--json', 'as JSON');
  command('list', 'Lists schedules, newest first')
    .option('--search <text>', 'only those with this text in their title')
    .action((options: ListOptions) => list(terminal, options));
  command('show', 'Shows a schedule with its next times and its last runs')
    .argument('<id>')
    .action((id: string, { json }: JsonOption) =>
      withClient(terminal, (client) => client.schedules.get({ id }), json, saySchedule),
    );
  command('create', 'Creates a schedule')
    .argument('<file>', 'JSON as POST /api/schedules takes it; - reads the standard input')
    .action(async (file: string, { json }: JsonOption) => {
      const body = await readObject(terminal, file === '-' ? file : `@${file}`, 'The schedule');
      type Input = Parameters<InterlockClient['schedules']['create']>[0];
      await withClient(terminal, (client) => client.schedules.create(body as Input), json, saySchedule);
    });
  command('pause', 'Pauses a schedule: no time of it comes')
    .argument('<id>')
    .action((id: string, { json }: JsonOption) =>
      withClient(terminal, (client) => client.schedules.pause({ id }), json, saySchedule),
    );
  command('resume', 'Goes on with a paused schedule; for its owner')
    .argument('<id>')
    .action((id: string, { json }: JsonOption) =>
      withClient(terminal, (client) => client.schedules.resume({ id }), json, saySchedule),
    );
  command('trigger', 'Runs a schedule at once')
    .argument('<id>')
    .option('--idempotency-key <key>', 'a second run with the same key is the first one')
    .action((id: string, { json, idempotencyKey }: JsonOption & { idempotencyKey?: string }) =>
      withClient(
        terminal,
        (client) => client.schedules.trigger({ id, ...(idempotencyKey !== undefined && { idempotencyKey }) }),
        json,
        (run) => terminal.say(`Run ${run.id} has begun.`),
      ),
    );
  command('backfill', 'Makes up for times that have passed and have not come; for its owner')
    .argument('<id>')
    .requiredOption('--from <time>', 'such as 2026-11-01T00:00:00Z')
    .requiredOption('--to <time>', 'included')
    .action((id: string, { json, from, to }: JsonOption & { from: string; to: string }) =>
      withClient(
        terminal,
        (client) => client.schedules.backfill({ id, from, to }),
        json,
        ({ times }) => {
          terminal.say(`${counted(times.length, 'time')} to make up for.`);
          for (const at of times) terminal.say(`  ${at}`);
        },
      ),
    );
  return schedules;
}

async function withClient<T>(
  terminal: Terminal,
  ask: (client: InterlockClient) => Promise<T>,
  json: boolean | undefined,
  say: (result: T, terminal: Terminal) => void,
): Promise<void> {
  const result = await ask(await connect(terminal));
  if (json) terminal.sayJson(result);
  else say(result, terminal);
}

interface ListOptions extends JsonOption {
  search?: string;
}

async function list(terminal: Terminal, { search, json }: ListOptions): Promise<void> {
  const client = await connect(terminal);
  const found = [];
  for await (const each of client.schedules.list.all(search === undefined ? {} : { q: search }))
    found.push(each);
  if (json) return terminal.sayJson(found);
  terminal.sayTable(
    ['ID', 'STATUS', 'NEXT', 'LAST', 'OWNER', 'TITLE'],
    found.map(({ id, status, nextAt, lastRun, owner, title }) => [
      id,
      status,
      nextAt ?? '-',
      lastRun?.status ?? '-',
      owner.name,
      title,
    ]),
  );
}

function saySchedule(schedule: Schedule, terminal: Terminal): void {
  const { title, status, reason, words, target, owner, nextTimes, notes, runs } = schedule;
  terminal.say(`${schedule.id} ${plain(title)}`);
  terminal.say(`${status}${reason ? `: ${plain(reason)}` : ''}`);
  terminal.say(`${words}; ${target.kind} ${plain(target.name)}, as ${plain(owner.name)}`);
  for (const { local } of nextTimes) terminal.say(`  ${local}`);
  for (const note of notes) terminal.say(note);
  for (const { scheduledAt, status: outcome, reason: why } of runs)
    terminal.say(`  ${scheduledAt} ${outcome}${why ? ` ${plain(why)}` : ''}`);
}
