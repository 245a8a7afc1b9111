import { stripVTControlCharacters } from 'node:util';
import { createTwoFilesPatch } from 'diff';
import type { components } from '../../shared/client/interlock-client.ts';
import { plain } from './output.ts';
import type { Terminal } from './terminal.ts';

type Plan = components['schemas']['FilesPlanResult'];

const signs = { create: '+', update: '~', unchanged: ' ', not_in_files: '?', archive: '-' } as const;

/** Each change as a diff, what it breaks, and what is in the way. */
export function sayPlan(terminal: Terminal, plan: Plan): void {
  for (const { action, file, before, after, breaking, changes, affects } of plan.changes) {
    if (action === 'unchanged' || action === 'not_in_files') continue;
    terminal.say(`${signs[action]} ${file}${breaking ? '  BREAKING' : ''}`);
    if (action === 'update') terminal.say(diffOf(file, before ?? '', after ?? ''));
    for (const { impact, path, message } of changes)
      if (impact === 'breaking') terminal.say(`  breaking: ${path} ${plain(message)}`);
    for (const { kind, name, message } of affects)
      terminal.say(`  affects ${kind} ${name}: ${plain(message)}`);
  }
  const left = plan.changes.filter(({ action }) => action === 'not_in_files');
  if (left.length > 0) {
    terminal.say('In the organization and not in the files; they stay:');
    for (const { file } of left) terminal.say(`? ${file}`);
  }
  sayCredentials(terminal, plan.credentials);
  for (const { file, line, message } of plan.problems) terminal.say(`${file}:${line}: ${plain(message)}`);
  terminal.say(summary(plan));
}

/** How the credentials get their secrets. */
export function sayCredentials(terminal: Terminal, credentials: Plan['credentials']): void {
  if (credentials.length === 0) return;
  terminal.say(
    'Without a secret; calls with them are refused until it is entered (Credentials, or POST /api/credentials/{id}/rotate):',
  );
  for (const { id, name, authType, hosts, usedBy } of credentials)
    terminal.say(
      `! ${name} (${authType}${id === null ? '' : `, ${id}`}) for ${hosts.join(', ')}, used by ${usedBy.join(', ')}`,
    );
}

/** Without the heading lines: the name of the file is above. */
function diffOf(file: string, before: string, after: string): string {
  const lines = createTwoFilesPatch(file, file, before, after, '', '', { context: 2 }).split('\n');
  return lines
    .slice(lines.findIndex((line) => line.startsWith('@@')))
    .filter((line) => line !== '')
    .map((line) => `    ${stripVTControlCharacters(line)}`)
    .join('\n');
}

function summary({ changes, problems }: Plan): string {
  const count = (action: string) => changes.filter((each) => each.action === action).length;
  const [create, update, archive, unchanged] = ['create', 'update', 'archive', 'unchanged'].map(count);
  const words = `${create} to create, ${update} to change, ${archive} to archive, ${unchanged} as they are.`;
  return problems.length === 0 ? words : `${words} ${problems.length} problems: nothing can be applied.`;
}
