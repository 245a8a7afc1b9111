import { Command } from 'commander';
import { clientOf, storeConnection } from './connection.ts';
import { UsageError } from './output.ts';
import type { Terminal } from './terminal.ts';

export function loginCommand(terminal: Terminal): Command {
  return new Command('login')
    .description('Stores the address of Interlock and an API key, for the commands that follow')
    .argument('<url>', 'such as https://interlock.example')
    .addHelpText(
      'after',
      '\nThe key is asked for on a terminal, and read from the standard input elsewhere. It is stored in a file that this user alone can read. INTERLOCK_URL and INTERLOCK_API_KEY come before it.',
    )
    .action((url: string) => login(terminal, url));
}

async function login(terminal: Terminal, url: string): Promise<void> {
  if (!/^https?:\/\//.test(url)) throw new UsageError(`${url} is no URL. It begins with https://.`);
  const apiKey = await terminal.askSecret('API key: ');
  if (apiKey === '') throw new UsageError('There is no API key. Nothing was stored.');
  const connection = { url: url.replace(/\/+$/, ''), apiKey };
  const { actor, tenant, roles } = await clientOf(connection)
    .me.get()
    .catch((error: unknown) => {
      terminal.note('Nothing was stored.');
      throw error;
    });
  const file = await storeConnection(terminal.streams.env, connection);
  terminal.say(`Signed in to ${tenant.name} as ${actor.name} (${roles.join(', ')}). The key is in ${file}.`);
}
