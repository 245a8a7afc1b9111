import { type Accessor, createSignal, For, Show } from 'solid-js';
import { type Severity, severities } from '../../../../shared/exceptions/exception-statuses.ts';
import type { RuleDocumentInput } from '../../../../shared/rules/rule-schemas.ts';
import { api } from '../../../api/trpc.ts';
import { createLiveRequest } from '../../../kit/document-form/live-request.ts';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';
import { RuleFindings } from '../../rules/parts/rule-findings.tsx';
import { readInput } from './rule-form.ts';

/** What the rules would do with an exception, with the rule of the form in its place. Nothing is stored or started. */
export function TryPanel(props: {
  draft?: Accessor<{ id?: string | undefined; rule: RuleDocumentInput }>;
  domains: readonly string[];
}) {
  const [reference, setReference] = createSignal('');
  const [title, setTitle] = createSignal(t('A test'));
  const [domain, setDomain] = createSignal('general');
  const [severity, setSeverity] = createSignal<Severity | ''>('');
  const [attributes, setAttributes] = createSignal('{}');
  const input = () => {
    const draft = props.draft?.();
    const exceptionId = reference().trim();
    const chosen = severity();
    return {
      ...(draft && { draft }),
      ...(exceptionId
        ? { exceptionId }
        : {
            exception: {
              title: title(),
              domain: domain(),
              ...(chosen && { severity: chosen }),
              attributes: readInput(attributes()) ?? {},
            },
          }),
    };
  };
  const trial = createLiveRequest(input, (sent) => api.rules.try.mutate(sent));
  return (
    <section aria-label={t('Try it')} class="flex flex-col gap-3">
      <h3 class="font-semibold">{t('Try it')}</h3>
      <TextInput
        label={t('An existing exception')}
        placeholder="EX-42"
        maxLength={64}
        value={reference()}
        onInput={setReference}
        help={t('As if it were opened again. Empty: the one below.')}
      />
      <Show when={reference().trim() === ''}>
        <div class="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
          <TextInput label={t('Its title')} maxLength={200} value={title()} onInput={setTitle} />
          <Field label={t('Its domain')}>
            {(at) => (
              <select
                {...at}
                class={inputClass}
                value={domain()}
                onChange={(event) => setDomain(event.currentTarget.value)}
              >
                <For each={props.domains}>
                  {(name) => (
                    <option value={name} selected={name === domain()}>
                      {name}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
          <Field label={t('Its severity')}>
            {(at) => (
              <select
                {...at}
                class={inputClass}
                value={severity()}
                onChange={(event) => setSeverity(event.currentTarget.value as Severity | '')}
              >
                <option value="">{t('Not chosen')}</option>
                <For each={severities.toReversed()}>
                  {(each) => (
                    <option value={each} selected={each === severity()}>
                      {each}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
        </div>
        <TextInput
          label={t('Its attributes')}
          mono
          rows={3}
          spellcheck={false}
          value={attributes()}
          onInput={setAttributes}
          error={readInput(attributes()) ? undefined : t('Not a JSON object.')}
        />
      </Show>
      <Show
        when={(trial.failed()?.issues.length ?? 0) > 0}
        fallback={<FailureNote failed={t('The rules were not asked.')} error={trial.failed() ?? undefined} />}
      >
        <p class="text-muted">{t('It is tried as soon as what it says is complete and valid.')}</p>
      </Show>
      <div aria-live="polite">
        <Show when={trial.failed() ? null : trial.response()}>
          {(found) => <RuleFindings trial={found()} />}
        </Show>
      </div>
    </section>
  );
}
