import { durationMs, durationWords } from '../../../../shared/platform/duration.ts';
import type { RuleField, RuleOutcome } from '../../../../shared/rules/rule-schemas.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { formatExactTime } from '../../../kit/format.ts';

export type Rule = Outputs['rules']['list']['items'][number];
export type RuleTrial = Outputs['rules']['try'];

const either = (words: readonly string[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : (words[0] ?? '');

/** When a rule applies: "Domain payments, severity high or critical, and when amount > 500". */
export function whenWords({ when: { domains, severities, condition } }: Rule): string {
  const parts = [
    ...(domains.length > 0 ? [`domain ${either(domains)}`] : []),
    ...(severities.length > 0 ? [`severity ${either(severities)}`] : []),
    ...(condition === undefined ? [] : [`when ${condition}`]),
  ];
  const words = parts.join(', ');
  return words === '' ? 'Every new exception' : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** What a rule sets: "severity critical · assigned to any operator · due in 4 h". */
export function setWords({ set, stop, names }: Rule): string {
  const { severity, assignee, dueIn, playbookId } = set;
  return [
    ...(severity === undefined ? [] : [`severity ${severity}`]),
    ...(assignee === undefined ? [] : [`assigned to ${names.assignee ?? 'someone who has left'}`]),
    ...(dueIn === undefined ? [] : [`due in ${durationWords(durationMs(dueIn) ?? 0)}`]),
    ...(playbookId === undefined ? [] : [`starts ${names.playbook ?? 'a playbook that is not published'}`]),
    ...(stop ? ['ends the rules'] : []),
  ].join(' · ');
}

const fieldWords: Record<RuleField, (value: string) => string> = {
  severity: (value) => `Severity ${value}`,
  dueAt: (value) => `Due ${formatExactTime(value)}`,
  assignee: (value) => `Assigned to ${value}`,
  playbook: (value) => `Starts ${value}`,
};

/** "Assigned to Ana". */
export const settingWords = ({ field, value }: { field: RuleField; value: string }): string =>
  fieldWords[field](value);

export const outcomeWords: Record<RuleOutcome, string> = {
  applies: 'Applies',
  does_not_apply: 'Does not apply',
  disabled: 'Disabled',
  not_asked: 'Not asked',
  failed: 'Failed',
};
