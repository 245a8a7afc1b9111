import type { Role } from '../../../../shared/identity/roles.ts';
import type { PolicyHours } from '../../../../shared/policies/hours.ts';
import { weekdays } from '../../../../shared/policies/hours.ts';
import type {
  PolicyApproval,
  PolicyDocumentInput,
  PolicyEffect,
  PolicyRate,
} from '../../../../shared/policies/policy-schemas.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { localTimeZone } from '../../../kit/schema-form/local-time.ts';
import { t } from '../../../words/words.ts';

export type Policy = Outputs['policies']['list']['items'][number];

/** A policy as its form holds it: a text for what may be left out. */
export interface PolicyForm {
  name: string;
  note: string;
  enabled: boolean;
  effect: PolicyEffect;
  toolId: string;
  tag: string;
  category: string;
  connectorId: string;
  roles: Role[];
  when: string;
  /** The form does not change it. */
  schema: Record<string, unknown> | null;
  hours: PolicyHours | null;
  rate: PolicyRate | null;
  approval: PolicyApproval;
}

/** Nine to five in the time zone of this browser. */
export const officeHours = (): PolicyHours => ({
  days: weekdays.slice(0, 5),
  from: '09:00',
  to: '17:00',
  timeZone: localTimeZone(),
});

export function toForm(policy: Policy | undefined, toolId = ''): PolicyForm {
  return {
    name: policy?.name ?? '',
    note: policy?.note ?? '',
    enabled: policy?.enabled ?? true,
    effect: policy?.effect ?? 'require_approval',
    toolId: policy?.tools.id ?? toolId,
    tag: policy?.tools.tag ?? '',
    category: policy?.tools.category ?? '',
    connectorId: policy?.tools.connectorId ?? '',
    roles: policy?.roles ?? [],
    when: policy?.when ?? '',
    schema: policy?.schema ?? null,
    hours: policy?.hours ?? null,
    rate: policy?.rate ?? null,
    approval: policy?.approval ?? { required: 1, roles: ['approver'], fourEyes: true, expiresIn: 'P1D' },
  };
}

export function toDocument(form: PolicyForm): PolicyDocumentInput {
  const { name, note, enabled, effect, roles, when, schema, hours, rate, approval } = form;
  return {
    ...(name.trim() && { name: name.trim() }),
    note: note.trim(),
    enabled,
    effect,
    tools: {
      ...(form.toolId && { id: form.toolId }),
      ...(form.tag.trim() && { tag: form.tag.trim() }),
      ...(form.category.trim() && { category: form.category.trim() }),
      ...(form.connectorId && { connectorId: form.connectorId }),
    },
    roles,
    ...(when.trim() && { when: when.trim() }),
    ...(schema && { schema }),
    ...(hours && { hours }),
    ...(rate && { rate }),
    ...(effect === 'require_approval' && { approval }),
  };
}

/** A comparison that people choose instead of writing it. */
export const comparisons = {
  '>': t('is more than'),
  '>=': t('is at least'),
  '<': t('is less than'),
  '<=': t('is at most'),
  '=': 'is',
  '!=': t('is not'),
} as const;
export type Comparison = keyof typeof comparisons;

/** A field of the input that a condition can name. */
export interface InputField {
  name: string;
  title: string;
  type: unknown;
}

/** The condition with one more comparison: all of them must hold. */
export function withComparison(
  when: string,
  { name, type }: InputField,
  comparison: Comparison,
  value: string,
): string {
  const field = /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``;
  const isPlain = type === 'number' || type === 'integer' || type === 'boolean';
  const added = `${field} ${comparison} ${isPlain ? value.trim() : JSON.stringify(value)}`;
  const before = when.trim();
  if (before === '') return added;
  return `${/\bor\b|\?/.test(before) ? `(${before})` : before} and ${added}`;
}
