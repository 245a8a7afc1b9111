import { Command } from 'commander';
import { askSecret } from './ask.ts';
import { clientOf, storeConnection } from './connection.ts';
import { say, UsageError } from './output.ts';

export function loginCommand(): Command {
  return new Command('login')
    .description('Stores the address of Interlock and an API key, for the commands that follow')
    .argument('<url>', 'such as https://interlock.example')
    .addHelpText(
      'after',
      '\nThe key is asked for on a terminal, and read from the standard input elsewhere. It is stored in a file that this user alone can read. INTERLOCK_URL and INTERLOCK_API_KEY come before it.',
    )
    .action(login);
}

async function login(url: string): Promise<void> {
  if (!/^https?:\/\//.test(url)) throw new UsageError(`${url} is no URL. It begins with https://.`);
  const apiKey = await askSecret('API key: ');
  if (apiKey === '') throw new UsageError('There is no API key. Nothing was stored.');
  const connection = { url: url.replace(/\/+$/, ''), apiKey };
  const { actor, tenant, roles } = await clientOf(connection).me.get();
  const file = await storeConnection(connection);
  say(`Signed in to ${tenant.name} as ${actor.name} (${roles.join(', ')}). The key is in ${file}.`);
}
