import { durationMs, durationWords } from '../../../../shared/platform/duration.ts';
import type { RuleField, RuleOutcome } from '../../../../shared/rules/rule-schemas.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { formatExactTime, formatList } from '../../../kit/format.ts';
import { t } from '../../../words/words.ts';

export type Rule = Outputs['rules']['list']['items'][number];
export type RuleTrial = Outputs['rules']['try'];

const either = (words: readonly string[]): string => formatList(words, 'disjunction');

/** When a rule applies: "Domain payments, severity high or critical, and when amount > 500". */
export function whenWords({ when: { domains, severities, condition } }: Rule): string {
  const parts = [
    ...(domains.length > 0 ? [t`domain ${either(domains)}`] : []),
    ...(severities.length > 0 ? [t`severity ${either(severities)}`] : []),
    ...(condition === undefined ? [] : [t`when ${condition}`]),
  ];
  const words = parts.join(', ');
  return words === '' ? t('Every new exception') : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** What a rule sets: "severity critical · assigned to any operator · due in 4 h". */
export function setWords({ set, stop, names }: Rule): string {
  const { severity, assignee, dueIn, playbookId } = set;
  return [
    ...(severity === undefined ? [] : [t`severity ${severity}`]),
    ...(assignee === undefined ? [] : [t`assigned to ${names.assignee ?? t('someone who has left')}`]),
    ...(dueIn === undefined ? [] : [t`due in ${durationWords(durationMs(dueIn) ?? 0)}`]),
    ...(playbookId === undefined
      ? []
      : [t`starts ${names.playbook ?? t('a playbook that is not published')}`]),
    ...(stop ? [t('ends the rules')] : []),
  ].join(' · ');
}

const fieldWords: Record<RuleField, (value: string) => string> = {
  severity: (value) => t`Severity ${value}`,
  dueAt: (value) => t`Due ${formatExactTime(value)}`,
  assignee: (value) => t`Assigned to ${value}`,
  playbook: (value) => t`Starts ${value}`,
};

/** "Assigned to Ana". */
export const settingWords = ({ field, value }: { field: RuleField; value: string }): string =>
  fieldWords[field](value);

export const outcomeWords: Record<RuleOutcome, string> = {
  applies: t('Applies'),
  does_not_apply: t('Does not apply'),
  disabled: t('Disabled'),
  not_asked: t('Not asked'),
  failed: t('Failed'),
};
