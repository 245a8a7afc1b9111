import { Command } from 'commander';
import { knownEventTypes } from '../../shared/events/event-types.ts';
import { connect } from './connection.ts';
import { type JsonOption, plain, UsageError } from './output.ts';
import type { Terminal } from './terminal.ts';

export function eventsCommand(terminal: Terminal): Command {
  const events = new Command('events').description('What happens in the organization');
  events
    .command('tail')
    .description('Prints events as they happen, until it is stopped')
    .option('--type <type...>', 'only events of these types')
    .option('--exception <id>', 'only those of an exception')
    .option('--run <id>', 'only those of a run')
    .option('--after <position>', 'goes on after this position')
    .option('--json', 'a line of JSON for each, with its position')
    .action((options: TailOptions) => tail(terminal, options));
  return events;
}

interface TailOptions extends JsonOption {
  type?: string[];
  exception?: string;
  run?: string;
  after?: string;
}

async function tail(terminal: Terminal, { type, exception, run, after, json }: TailOptions): Promise<void> {
  const unknown = type?.find((each) => !knownEventTypes.some((known) => known === each));
  if (unknown !== undefined) throw new UsageError(`There are no events of the type ${unknown}.`);
  const client = await connect(terminal);
  const subscription = client.events.subscribe({
    ...(type && { types: type }),
    ...(exception !== undefined && { exceptionId: exception }),
    ...(run !== undefined && { runId: run }),
    ...(after !== undefined && { after }),
  });
  await subscription.ready;
  for await (const event of subscription) {
    const { createdAt: at, type: what, actor, subjectType, subjectId } = event;
    terminal.say(
      json ? JSON.stringify(event) : `${at}  ${what}  ${subjectType} ${subjectId}  ${plain(actor.name)}`,
    );
  }
}
