import { For, Show } from 'solid-js';
import { type Severity, severities } from '../../../../shared/exceptions/exception-statuses.ts';
import { anyoneWith, memberRoles } from '../../../../shared/identity/roles.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';
import { type DueUnit, dueUnits, type RuleForm } from './rule-form.ts';

/** What a rule sets. */
export function SetFields(props: {
  form: RuleForm;
  onChange: (change: Partial<RuleForm>) => void;
  issueAt: (pointer: string) => string | undefined;
}) {
  const members = useQuery(() => queries.members.list());
  const playbooks = useQuery(() => queries.playbooks.list({ status: 'published', limit: 200 }));
  return (
    <fieldset class="flex flex-col gap-3 border-t pt-3">
      <legend class="sr-only">{t('Set')}</legend>
      <h3 class="font-semibold">{t('Then set')}</h3>
      <Show when={props.issueAt('/set')}>{(message) => <p class="text-failed text-sm">{message()}</p>}</Show>
      <div class="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field label={t('Severity to')}>
          {(input) => (
            <select
              {...input}
              class={inputClass}
              value={props.form.severity}
              onChange={(event) => props.onChange({ severity: event.currentTarget.value as Severity | '' })}
            >
              <option value="">{t('Not set')}</option>
              <For each={severities.toReversed()}>
                {(each) => (
                  <option value={each} selected={each === props.form.severity}>
                    {each}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
        <Field
          label={t('Assignee')}
          error={props.issueAt('/set/assignee/user') ?? props.issueAt('/set/assignee')}
          help={
            props.form.assignee.startsWith('role:')
              ? t('The one with the fewest unresolved exceptions.')
              : undefined
          }
        >
          {(input) => (
            <select
              {...input}
              class={inputClass}
              value={props.form.assignee}
              onChange={(event) => props.onChange({ assignee: event.currentTarget.value })}
            >
              <option value="">{t('Not set')}</option>
              <optgroup label={t('Someone with a role')}>
                <For each={memberRoles.filter((role) => role !== 'viewer')}>
                  {(role) => (
                    <option value={`role:${role}`} selected={props.form.assignee === `role:${role}`}>
                      {anyoneWith(role)}
                    </option>
                  )}
                </For>
              </optgroup>
              <optgroup label={t('A member')}>
                <For each={members.data?.items}>
                  {({ id, name }) => (
                    <option value={`user:${id}`} selected={props.form.assignee === `user:${id}`}>
                      {name}
                    </option>
                  )}
                </For>
              </optgroup>
            </select>
          )}
        </Field>
        <Field label={t('Due after')} error={props.issueAt('/set/dueIn')}>
          {(input) => (
            <div class="flex gap-2">
              <input
                {...input}
                type="number"
                min="1"
                max="99999"
                step="1"
                class={inputClass}
                value={props.form.due}
                onInput={(event) => props.onChange({ due: event.currentTarget.value })}
              />
              <select
                aria-label={t('Unit of the due date')}
                class={inputClass}
                value={props.form.dueUnit}
                onChange={(event) => props.onChange({ dueUnit: event.currentTarget.value as DueUnit })}
              >
                <For each={dueUnits}>
                  {(unit) => (
                    <option value={unit} selected={unit === props.form.dueUnit}>
                      {unit}
                    </option>
                  )}
                </For>
              </select>
            </div>
          )}
        </Field>
        <Field label={t('Start playbook')} error={props.issueAt('/set/playbookId')}>
          {(input) => (
            <select
              {...input}
              class={inputClass}
              value={props.form.playbookId}
              onChange={(event) => props.onChange({ playbookId: event.currentTarget.value })}
            >
              <option value="">{t('None')}</option>
              <For each={playbooks.data?.items}>
                {({ id, title }) => (
                  <option value={id} selected={props.form.playbookId === id}>
                    {title}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
      </div>
      <Show when={props.form.playbookId !== ''}>
        <TextInput
          label={t('Input of the playbook')}
          mono
          rows={3}
          spellcheck={false}
          value={props.form.input}
          onInput={(input) => props.onChange({ input })}
          error={props.issueAt('/set/input')}
          placeholder={'{ "paymentId": "${{ exception.attributes.paymentId }}" }'}
          help={t('JSON. A text may be an expression over the exception. Empty: no input.')}
        />
      </Show>
      <label class="flex items-center gap-2">
        <input
          type="checkbox"
          checked={props.form.stop}
          onChange={(event) => props.onChange({ stop: event.currentTarget.checked })}
        />
        {t('When it applies, no rule below it is asked')}
      </label>
    </fieldset>
  );
}
