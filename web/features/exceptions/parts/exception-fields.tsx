import { createMemo, For, type JSX, Show } from 'solid-js';
import { type Severity, severities } from '../../../../shared/exceptions/exception-statuses.ts';
import { useMe } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { focusPointer } from '../../../kit/schema-form/form-context.ts';
import { fromLocalTime, toLocalTime } from '../../../kit/schema-form/local-time.ts';
import { SchemaForm, type SchemaFormHandle } from '../../../kit/schema-form/schema-form.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';
import type { createExceptionDraft, Domain } from './exception-draft.ts';
import { severityWords } from './exception-words.ts';

export interface ExceptionFieldsHandle {
  /** Focuses the field at a JSON Pointer into the exception. */
  focus: (pointer: string) => void;
  /** Issues that the page finds in the attributes, located in the exception. */
  check: () => { path: string; message: string; keyword: string }[];
}

/** The fields of an exception, new or existing. */
export function ExceptionFields(props: {
  draft: ReturnType<typeof createExceptionDraft>;
  domains: readonly Domain[];
  /** For a new exception. An existing one is assigned elsewhere. */
  withAssignee?: boolean | undefined;
  /** What an error means, such as "The exception was not saved." */
  failed: string;
  handle: (handle: ExceptionFieldsHandle) => void;
}) {
  let container: HTMLDivElement | undefined;
  let form: SchemaFormHandle | undefined;
  const me = useMe();
  const members = useQuery(() => ({ ...queries.members.list(), enabled: props.withAssignee ?? false }));
  const people = createMemo(() => (members.isSuccess ? members.data.items : []));
  const draft = () => props.draft.draft();
  const domainOptions = createMemo(() => {
    const known = props.domains.map(({ name, title }) => ({ name, title }));
    const missing = ['general', draft().domain].filter((name) => !known.some((each) => each.name === name));
    return [...[...new Set(missing)].map((name) => ({ name, title: titleOf(name) })), ...known];
  });
  props.handle({
    focus: (pointer) => {
      const inner = pointer.startsWith('/attributes') ? pointer.slice('/attributes'.length) : undefined;
      if (inner !== undefined && form?.focus(inner)) return;
      if (container) focusPointer(container, pointer);
    },
    check: () =>
      (props.draft.schema() ? (form?.check() ?? []) : []).map((issue) => ({
        ...issue,
        path: `/attributes${issue.path}`,
      })),
  });
  return (
    <div ref={container} class="flex flex-col gap-3.5 px-5 pb-4">
      <FailureNote
        failed={props.failed}
        error={props.draft.error()}
        highlighted={(props.draft.error()?.issues.length ?? 0) > props.draft.otherIssues().length}
      >
        <For each={props.draft.otherIssues()}>
          {(issue) => (
            <p class="text-sm">
              <code class="font-mono">{issue.path}</code> {issue.message}
            </p>
          )}
        </For>
      </FailureNote>
      <Place at="/title">
        <TextInput
          label={t('Title')}
          required
          error={props.draft.issueAt('/title')}
          maxLength={200}
          placeholder={t('The problem in one line')}
          value={draft().title}
          onInput={(title) => props.draft.set('title', title)}
        />
      </Place>
      <Place at="/description">
        <TextInput
          label={t('Description')}
          error={props.draft.issueAt('/description')}
          rows={4}
          maxLength={16_384}
          value={draft().description}
          onInput={(description) => props.draft.set('description', description)}
        />
      </Place>
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <Place at="/severity">
          <Field
            label={t('Severity')}
            error={props.draft.issueAt('/severity')}
            help={props.withAssignee ? t('Not chosen: medium, unless a rule sets it.') : undefined}
          >
            {(input) => (
              <select
                {...input}
                value={draft().severity}
                onChange={(event) => props.draft.set('severity', event.currentTarget.value as Severity | '')}
                class={inputClass}
              >
                <Show when={props.withAssignee}>
                  <option value="" selected={draft().severity === ''}>
                    {t('Not chosen')}
                  </option>
                </Show>
                <For each={severities.toReversed()}>
                  {(severity) => (
                    <option value={severity} selected={severity === draft().severity}>
                      {severityWords[severity]}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
        </Place>
        <Place at="/dueAt">
          <Field label={t('Due')} error={props.draft.issueAt('/dueAt')}>
            {(input) => (
              <input
                {...input}
                type="datetime-local"
                value={toLocalTime(draft().dueAt)?.slice(0, 16) ?? ''}
                onChange={(event) => props.draft.set('dueAt', fromLocalTime(event.currentTarget.value))}
                class={inputClass}
              />
            )}
          </Field>
        </Place>
        <Show when={props.withAssignee}>
          <Place at="/assignee">
            <Field label={t('Assignee')} error={props.draft.issueAt('/assignee')}>
              {(input) => (
                <select
                  {...input}
                  value={draft().assignee}
                  onChange={(event) => props.draft.set('assignee', event.currentTarget.value)}
                  class={inputClass}
                >
                  <option value="">{t('Not chosen')}</option>
                  <For each={people()}>
                    {(person) => (
                      <option value={person.id} selected={person.id === draft().assignee}>
                        {person.name}
                        {person.id === me()?.actor.id ? t(' (me)') : ''}
                      </option>
                    )}
                  </For>
                </select>
              )}
            </Field>
          </Place>
        </Show>
        <Place at="/domain">
          <Field label={t('Domain')} error={props.draft.issueAt('/domain')}>
            {(input) => (
              <select
                {...input}
                value={draft().domain}
                onChange={(event) => props.draft.setDomain(event.currentTarget.value)}
                class={inputClass}
              >
                <For each={domainOptions()}>
                  {(domain) => (
                    <option value={domain.name} selected={domain.name === draft().domain}>
                      {domain.title}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
        </Place>
      </div>
      {/* Keyed: another domain starts with untouched fields. */}
      <Show when={props.draft.schema()} keyed>
        {(schema) => (
          <section aria-label={t('Attributes')} class="flex flex-col gap-2 border-t pt-3">
            <h3 class="font-semibold">{t('Attributes')}</h3>
            <SchemaForm
              schema={schema}
              value={draft().attributes}
              onChange={props.draft.setAttribute}
              issues={props.draft.attributeIssues()}
              label={t('Attributes')}
              handle={(handle) => {
                form = handle;
              }}
            />
          </section>
        )}
      </Show>
    </div>
  );
}

const titleOf = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`.replaceAll('_', ' ');

const Place = (props: { at: string; children: JSX.Element }) => (
  <div data-pointer={props.at} class="min-w-0">
    {props.children}
  </div>
);
