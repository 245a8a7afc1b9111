import { durationMs, durationWords } from '../../../../shared/platform/duration.ts';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { type StepType, stepDefinitions } from '../../../../shared/playbooks/steps/registry.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { roleWord } from '../../../shell/role-words.ts';
import { type LooseStep, textOf } from './outline.ts';

export type Playbook = Outputs['playbooks']['get'];
export type PublishPlan = Outputs['playbooks']['publishPlan'];

/** What playbooks and their steps say of themselves, in words. */

const isStepType = (type: string): type is StepType => Object.hasOwn(stepDefinitions, type);

export const stepTypeWord = (type: string): string => (isStepType(type) ? stepDefinitions[type].label : type);

/** "operator", "ana@acme.test"; null when nobody completes it. */
export function ownerWords(step: LooseStep): string | null {
  const named = step.type === 'notify' ? step.to : step.assignee;
  if (isObject(named)) return assigneeWords(named);
  const type = textOf(step, 'type');
  return isStepType(type) ? stepDefinitions[type].defaultRole : null;
}

export function assigneeWords(assignee: Record<string, unknown>): string | null {
  if (typeof assignee.role === 'string') return roleWord(assignee.role);
  return typeof assignee.user === 'string' ? assignee.user : null;
}

/** "4 h"; the text itself where it is no duration. */
export function durationText(value: string): string {
  const ms = durationMs(value);
  return ms === null ? value : durationWords(ms);
}

/** What a step waits for: "1 h", "until …", "the event payment.settled". */
export function waitWords(step: LooseStep): string {
  if (textOf(step, 'event')) return `for the event ${textOf(step, 'event')}`;
  if (textOf(step, 'until')) return `until ${textOf(step, 'until')}`;
  return textOf(step, 'for') ? durationText(textOf(step, 'for')) : '';
}

/** An expression without the marks around it. */
export const bareExpression = (text: string): string =>
  text.replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, '$1').trim();

/** "3 runs go on with v2" for the runs that a new version leaves alone; one line for each version. */
export function runsWords(runs: readonly { version: number }[]): string[] {
  const counts = new Map<number, number>();
  for (const { version } of runs) counts.set(version, (counts.get(version) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => b - a)
    .map(([version, count]) => `${count} ${count === 1 ? 'run goes' : 'runs go'} on with v${version}`);
}

/** The document that the page is about: what would be published next, else what is. */
export const shownDocument = (playbook: Playbook): Record<string, unknown> =>
  playbook.document ?? playbook.draft ?? {};

export const playbookTitle = (playbook: { title: string; name: string }): string =>
  playbook.title || playbook.name;
