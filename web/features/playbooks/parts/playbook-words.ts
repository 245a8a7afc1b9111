import { durationMs, durationWords } from '../../../../shared/platform/duration.ts';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { type StepType, stepDefinitions } from '../../../../shared/playbooks/steps/registry.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { roleWord } from '../../../shell/role-words.ts';
import { counted, t } from '../../../words/words.ts';
import { type LooseStep, textOf } from './outline.ts';

export type Playbook = Outputs['playbooks']['get'];
export type PublishPlan = Outputs['playbooks']['publishPlan'];

const isStepType = (type: string): type is StepType => Object.hasOwn(stepDefinitions, type);

/** "Call a tool"; a type that this page does not know yet shows its name. */
export const stepTypeWord = (type: string): string =>
  isStepType(type) ? t(stepDefinitions[type].label) : type;

/** Who completes the step ("Any operator", "ana@acme.test") or is notified ("To operators"); null when no one is. */
export function ownerWords(step: LooseStep): string | null {
  const { assignee, to } = step;
  if (isObject(assignee)) return personOf(assignee, anyOf);
  if (isObject(to)) return t`To ${personOf(to, (role) => `${roleWord(role)}s`) ?? '–'}`;
  const type = textOf(step, 'type');
  const role = isStepType(type) ? stepDefinitions[type].defaultRole : null;
  return role && anyOf(role);
}

const personOf = (named: Record<string, unknown>, roleWords: (role: string) => string): string | null => {
  if (typeof named.role === 'string') return roleWords(named.role);
  return typeof named.user === 'string' ? named.user : null;
};

const anyOf = (role: string) => t`Any ${roleWord(role)}`;

/** "Any operator" inside a sentence. */
export const whoInSentence = (who: string): string => who.replace(/^Any /, 'any ');

/** "4 h"; the text itself when it is no duration. */
export function durationText(value: string): string {
  const ms = durationMs(value);
  return ms === null ? value : durationWords(ms);
}

/** What a step waits for: "1 h", "until …", "the event payment.settled". */
export function waitWords(step: LooseStep): string {
  if (textOf(step, 'event')) return t`for the event ${textOf(step, 'event')}`;
  if (textOf(step, 'until')) return t`until ${textOf(step, 'until')}`;
  return textOf(step, 'for') ? durationText(textOf(step, 'for')) : '';
}

/** An expression without its `${{ }}`. */
export const bareExpression = (text: string): string =>
  text.replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, '$1').trim();

/** One line per version: "3 open runs keep v2". */
export function runsWords(runs: readonly { version: number }[]): string[] {
  const counts = new Map<number, number>();
  for (const { version } of runs) counts.set(version, (counts.get(version) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => b - a)
    .map(([version, count]) => counted(count, '{0} open run keeps v{1}|{0} open runs keep v{1}', version));
}

/** The document that the page shows: the published one, or the draft of a playbook that was never published. */
export const shownDocument = (playbook: Playbook): Record<string, unknown> =>
  playbook.document ?? playbook.draft ?? {};

export const playbookTitle = (playbook: { title: string; name: string }): string =>
  playbook.title || playbook.name;

/** "sign approves refund." and what is approved later than that. */
export function coversWords({ stepId, calls }: PublishPlan['covers'][number]): string {
  if (calls.length === 0) return t`${stepId} covers no call.`;
  const later = calls.filter(({ known }) => !known).map((call) => call.stepId);
  const approves = t`${stepId} approves ${calls.map((call) => call.stepId).join(', ')}.`;
  const warning =
    later.length === 0
      ? ''
      : t`When ${stepId} opens, the request of ${later.join(', ')} is not known yet: it must be approved again once it is.`;
  return `${approves} ${warning}`.trim();
}
