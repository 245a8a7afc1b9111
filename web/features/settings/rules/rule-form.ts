import type { Severity } from '../../../../shared/exceptions/exception-schemas.ts';
import type { MemberRole } from '../../../../shared/identity/roles.ts';
import { durationMs } from '../../../../shared/platform/duration.ts';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import type { RuleDocumentInput } from '../../../../shared/rules/rule-schemas.ts';
import type { Rule } from '../../rules/parts/rule-words.ts';

const units = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
export type DueUnit = keyof typeof units;
export const dueUnits = Object.keys(units) as DueUnit[];

/** A rule as its form holds it: a text for what may be left out. */
export interface RuleForm {
  name: string;
  enabled: boolean;
  domains: string[];
  severities: Severity[];
  condition: string;
  severity: Severity | '';
  /** `role:<role>`, `user:<id>`, or empty. */
  assignee: string;
  /** A number; empty: no due date. */
  due: string;
  dueUnit: DueUnit;
  playbookId: string;
  /** JSON; empty: none. */
  input: string;
  stop: boolean;
}

export function toForm(rule: Rule | undefined): RuleForm {
  const { assignee, dueIn, input } = rule?.set ?? {};
  return {
    name: rule?.name ?? '',
    enabled: rule?.enabled ?? true,
    domains: rule?.when.domains ?? [],
    severities: rule?.when.severities ?? [],
    condition: rule?.when.condition ?? '',
    severity: rule?.set.severity ?? '',
    assignee: assignee?.role ? `role:${assignee.role}` : assignee?.user ? `user:${assignee.user}` : '',
    ...toDue(dueIn),
    playbookId: rule?.set.playbookId ?? '',
    input: input === undefined ? '' : JSON.stringify(input, null, 2),
    stop: rule?.stop ?? false,
  };
}

/** In the largest unit of which it is a whole number. */
function toDue(dueIn: string | undefined): Pick<RuleForm, 'due' | 'dueUnit'> {
  const ms = dueIn === undefined ? null : durationMs(dueIn);
  if (ms === null) return { due: '', dueUnit: 'hours' };
  const dueUnit = dueUnits.toReversed().find((unit) => ms % units[unit] === 0) ?? 'minutes';
  return { due: String(ms / units[dueUnit]), dueUnit };
}

const isoOf: Record<DueUnit, (count: string) => string> = {
  minutes: (count) => `PT${count}M`,
  hours: (count) => `PT${count}H`,
  days: (count) => `P${count}D`,
};

export function toDocument(form: RuleForm): RuleDocumentInput {
  const [kind, id] = form.assignee.split(/:(.*)/s);
  const due = form.due.trim();
  return {
    name: form.name.trim(),
    enabled: form.enabled,
    when: {
      domains: form.domains,
      severities: form.severities,
      ...(form.condition.trim() && { condition: form.condition.trim() }),
    },
    set: {
      ...(form.severity && { severity: form.severity }),
      ...(id && { assignee: kind === 'role' ? { role: id as MemberRole } : { user: id } }),
      ...(due && { dueIn: isoOf[form.dueUnit](due) }),
      ...(form.playbookId && { playbookId: form.playbookId }),
      ...(form.playbookId && form.input.trim() && { input: readInput(form.input) ?? {} }),
    },
    stop: form.stop,
  };
}

/** Null when it is no JSON object. */
export function readInput(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
