import {
  type InboundAction,
  type InboundDo,
  inboundActionsSchema,
} from '../../../../shared/inbound/inbound-actions.ts';
import { t } from '../../../words/words.ts';

/** A field of an action, as its form shows it. `json`: an object, or an expression that results in one. */
export interface ActionField {
  name: string;
  label: string;
  kind?: 'json' | 'lines';
  required?: true;
  placeholder?: string;
  help?: string;
}

const groupBy = (help: string): ActionField => ({
  name: 'groupBy',
  label: t('Group by'),
  placeholder: '${{ item.fingerprint }}',
  help,
});
const exceptionId: ActionField = {
  name: 'exceptionId',
  label: t('Exception'),
  help: t('Empty: the one that an action above has opened or found.'),
};

/** The fields of each kind of action. */
export const actionFields: Record<InboundDo, readonly ActionField[]> = {
  open_exception: [
    { name: 'title', label: t('Title'), required: true, placeholder: '${{ body.alert.name }}' },
    { name: 'description', label: t('Description'), kind: 'lines' },
    { name: 'domain', label: t('Domain'), placeholder: 'general' },
    { name: t('severity'), label: t('Severity'), help: t('Empty: medium, unless a rule sets it.') },
    {
      name: t('assignee'),
      label: t('Assignee'),
      help: t('ID or email address. Empty: no one, unless a rule sets it.'),
    },
    groupBy(t('While an exception with this key is unresolved, it is counted instead of opening another.')),
    {
      name: 'attributes',
      label: t('Attributes'),
      kind: 'json',
      placeholder: '{ "orderId": "${{ body.order }}" }',
    },
  ],
  resolve_exception: [
    { ...groupBy(t('The key with which it was opened.')), required: true },
    {
      name: 'code',
      label: t('Resolution'),
      placeholder: 'fixed',
      help: t('fixed, worked_around, not_a_problem, duplicate or gave_up.'),
    },
    { name: 'note', label: t('Note'), kind: 'lines' },
  ],
  start_playbook: [
    { name: 'playbook', label: t('Playbook'), required: true, help: t('Its name or ID.') },
    exceptionId,
    { name: 'input', label: t('Input'), kind: 'json' },
  ],
  deliver_event: [
    { name: t('event'), label: t('Event'), help: t('The name of the event that steps wait for.') },
    {
      name: t('step'),
      label: t('Step'),
      help: t('Instead of an event: the ID of the step that is completed.'),
    },
    { name: t('outcome'), label: t('Outcome'), help: t('With a step: how it is completed.') },
    { name: 'runId', label: t('Playbook run') },
    exceptionId,
    groupBy(t('The open runs of the exception that was opened with this key.')),
    { name: 'data', label: t('Data'), kind: 'json', help: t('Empty: the body.') },
  ],
  execute_tool: [
    { name: 'tool', label: t('Tool'), required: true, help: t('Its name or ID.') },
    exceptionId,
    { name: 'payload', label: t('Payload'), kind: 'json' },
  ],
};

/** An action as its form holds it: a text for each field; empty: left out. */
export interface ActionDraft {
  /** Of the form, so that rows keep their fields when they move. */
  key: string;
  do: InboundDo;
  values: Record<string, string>;
}

export function toDraft(action: InboundAction): ActionDraft {
  const { do: kind, ...fields } = action;
  const values = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value, null, 2),
  ]);
  return { key: crypto.randomUUID(), do: kind, values: Object.fromEntries(values) };
}

export const newDraft = (): ActionDraft => ({ key: crypto.randomUUID(), do: 'open_exception', values: {} });

/** As it is sent. What is not JSON is sent as the text that it is, and the server says what it is missing. */
export function toAction({ do: kind, values }: ActionDraft): Record<string, unknown> {
  const fields = actionFields[kind];
  const common = ['when', 'forEach'].map((name): ActionField => ({ name, label: name }));
  const sent = [...common, ...fields].flatMap((field) => {
    const text = (values[field.name] ?? '').trim();
    if (text === '') return [];
    return [[field.name, field.kind === 'json' ? (readBody(text)?.value ?? text) : text] as const];
  });
  return { do: kind, ...Object.fromEntries(sent) };
}

/** The actions in their own type; null while one is not complete. */
export function toActions(drafts: readonly ActionDraft[]): InboundAction[] | null {
  const parsed = inboundActionsSchema.safeParse(drafts.map(toAction));
  return parsed.success ? parsed.data : null;
}

/** JSON in a text; undefined when it is none. */
export function readBody(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
