import { peopleWith, type Role } from '../identity/roles.ts';
import { type PolicyHours, type Weekday, weekdays } from './hours.ts';
import type { PolicyDocument, PolicyRate } from './policy-schemas.ts';

/** Names of what a policy refers to by id; null: it is not known. */
export interface PolicyNames {
  tool(id: string): string | null;
  connector(id: string): string | null;
}

/** "refund_payment", "tools with the tag finance in payments", "every tool". */
export function toolsWords({ tools }: Pick<PolicyDocument, 'tools'>, names: PolicyNames): string {
  const { id, tag, category, connectorId } = tools;
  const parts = [
    tag === undefined ? null : `with the tag ${tag}`,
    category === undefined ? null : `in the category ${category}`,
    connectorId === undefined ? null : `of ${names.connector(connectorId) ?? 'an unknown connector'}`,
  ].filter((part) => part !== null);
  if (id === undefined) return parts.length === 0 ? 'every tool' : `tools ${parts.join(' and ')}`;
  return [names.tool(id) ?? 'an unknown tool', ...(parts.length > 0 ? ['if it is', ...parts] : [])].join(' ');
}

/** "Deny refund_payment for operators when amount > 500". */
export function summaryOf(policy: PolicyDocument, names: PolicyNames): string {
  const verb = { allow: 'Allow', deny: 'Deny', require_approval: 'Require approval of' }[policy.effect];
  return [`${verb} ${toolsWords(policy, names)}`, ...conditionWords(policy)].join(' ');
}

/** What must hold for it to concern a call, apart from the tool. */
export function conditionWords(policy: Omit<PolicyDocument, 'tools'>): string[] {
  const { effect, roles, when, schema, hours, rate } = policy;
  return [
    ...(roles.length > 0 ? [`for ${rolesWords(roles)}`] : []),
    ...(when === undefined ? [] : [`when ${shortened(when)}`]),
    ...(schema === undefined ? [] : ['when the input matches a schema']),
    ...(hours ? [hoursWords(hours)] : []),
    ...(rate ? [effect === 'allow' ? `at most ${rateWords(rate)}` : `after ${rateWords(rate)}`] : []),
  ];
}

export const rolesWords = (roles: readonly Role[], word: 'and' | 'or' = 'and'): string =>
  listWords(roles.map(peopleWith), word);

function listWords(items: readonly string[], word: string): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

const shortened = (text: string): string =>
  text.length > 80 ? `${text.slice(0, 79).toWellFormed()}…` : text;

export const rateWords = ({ limit, per }: PolicyRate): string => `${limit} per ${per}`;

const dayWords: Record<Weekday, string> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};

/** "on Mon–Fri from 09:00 to 17:00 (Europe/Berlin)". */
export function hoursWords({ days, from, to, timeZone }: PolicyHours): string {
  const clock =
    from === to && from === '00:00' ? [] : [`from ${from} to ${to}${to <= from ? ' the next day' : ''}`];
  return [...(days.length === 7 ? [] : [`on ${daysWords(days)}`]), ...clock, `(${timeZone})`].join(' ');
}

function daysWords(days: readonly Weekday[]): string {
  const chosen = weekdays.map((day, index) => ({ day, index })).filter(({ day }) => days.includes(day));
  const [first, last] = [chosen[0], chosen.at(-1)];
  const together = first && last && last.index - first.index === chosen.length - 1 && chosen.length > 2;
  return together
    ? `${dayWords[first.day]}–${dayWords[last.day]}`
    : chosen.map(({ day }) => dayWords[day]).join(', ');
}
