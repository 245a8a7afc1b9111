import type { components, InterlockClient } from '../../shared/client/interlock-client.ts';
import { plain } from './output.ts';
import type { Terminal } from './terminal.ts';

type Found = components['schemas']['ImportsCreateResult'];

/** Of one request. */
const maxAtOnce = 50;

/** What changed since an earlier import, who uses it, and what applying it breaks. */
export async function sayImportChanges(
  terminal: Terminal,
  client: InterlockClient,
  { id, operations }: Found,
  wanted: ReadonlySet<string> | null,
): Promise<void> {
  const changed = operations.filter(({ key, state }) => state === 'changed' && (wanted?.has(key) ?? true));
  for (let from = 0; from < changed.length; from += maxAtOnce) {
    const part = changed.slice(from, from + maxAtOnce);
    const impact = await client.imports.impact({ id, operations: part.map(({ key }) => key) });
    const byKey = new Map(impact.operations.map((each) => [each.key, each]));
    for (const { key, name, change } of part) {
      terminal.say(`~ ${plain(name)}${change?.breaking ? '  BREAKING' : ''}`);
      for (const { impact: kind, path, message } of change?.changes ?? [])
        if (kind === 'breaking') terminal.say(`  breaking: ${path} ${plain(message)}`);
      const found = byKey.get(key);
      if (found) sayAffected(terminal, found);
    }
  }
}

function sayAffected(
  terminal: Terminal,
  {
    uses,
    problem,
    playbooks = [],
    waitingSteps = [],
    storedInputs,
  }: components['schemas']['ImportsImpactResult']['operations'][number],
): void {
  const users = uses.playbooks.map((each) => `playbook ${each.name} v${each.version}`);
  if (uses.waitingSteps.length > 0) users.push(`${uses.waitingSteps.length} waiting steps`);
  terminal.say(users.length === 0 ? '  no playbook uses it' : `  used by ${users.join(', ')}`);
  if (problem !== undefined) terminal.say(`  cannot be applied: ${plain(problem)}`);
  for (const { name, stepTitle, issues } of playbooks)
    terminal.say(`  affects playbook ${name}: ${plain(stepTitle)}: ${wordsOf(issues)}`);
  for (const { runId, title, issues } of waitingSteps)
    terminal.say(`  affects run ${runId}: ${plain(title)}: ${wordsOf(issues)}`);
  const failing = storedInputs?.failing.length ?? 0;
  if (failing > 0) terminal.say(`  ${failing} of the last ${storedInputs?.checked} inputs would be rejected`);
}

const wordsOf = (issues: readonly { path: string; message: string }[]): string =>
  plain(issues.map(({ path, message }) => (path === '' ? message : `${path} ${message}`)).join('; '));
