import { stripVTControlCharacters } from 'node:util';
import { createTwoFilesPatch } from 'diff';
import type { components } from '../../shared/client/interlock-client.ts';
import { counted, plain } from './output.ts';
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
    for (const line of affectedLines(affects)) terminal.say(`  affects ${line}`);
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

type Affected = Plan['changes'][number]['affects'];

/** Inputs of executions that fail alike are one line. */
function affectedLines(affects: Affected): string[] {
  const inputs = Object.groupBy(
    affects.filter(({ kind }) => kind === 'input'),
    ({ message }) => message,
  );
  return [
    ...affects
      .filter(({ kind }) => kind !== 'input')
      .map(({ kind, name, message }) => `${kind} ${name}: ${plain(message)}`),
    ...Object.entries(inputs).map(([message, those = []]) => {
      const such = those.length === 1 ? '' : 'such as ';
      const count = counted(those.length, 'recent execution');
      return `the input of ${count} (${such}${those[0]?.name}): ${plain(message)}`;
    }),
  ];
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
  const [create, update, archive] = [count('create'), count('update'), count('archive')];
  const unchanged = count('unchanged');
  const words = `${create} to create, ${update} to change, ${archive} to archive, ${unchanged} as they are.`;
  if (problems.length > 0) return `${words} ${counted(problems.length, 'problem')}: nothing can be applied.`;
  return create + update + archive === 0 ? `Nothing to apply. ${unchanged} as they are.` : words;
}
