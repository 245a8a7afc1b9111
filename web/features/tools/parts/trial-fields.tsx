import { For, Show } from 'solid-js';
import { Field, inputClass } from '../../../kit/field.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';
import { isPercent, stickyInputs, type TrialDraft } from './trial-draft.ts';

/** How two versions share the calls of a tool. */
export function TrialFields(props: {
  draft: TrialDraft;
  inputSchema: Record<string, unknown>;
  onChange: (change: Partial<TrialDraft>) => void;
  issueAt?: (pointer: string) => string | undefined;
}) {
  const percentIssue = () =>
    isPercent(props.draft.percent) ? props.issueAt?.('/percent') : t('Needs a whole number from 0 to 100');
  return (
    <div class="flex flex-col gap-3.5">
      <div class="grid gap-3.5 sm:grid-cols-2">
        <TextInput
          label={t('Percent of the calls')}
          value={props.draft.percent}
          error={percentIssue()}
          onInput={(percent) => props.onChange({ percent })}
        />
        <Field
          label={t('The same version for the same')}
          help={t('Otherwise a repeated Idempotency-Key keeps its version.')}
          error={props.issueAt?.('/stickyBy')}
        >
          {(input) => (
            <select
              {...input}
              class={inputClass}
              value={props.draft.stickyBy}
              onChange={(event) => props.onChange({ stickyBy: event.currentTarget.value })}
            >
              <option value="">{t('Nothing')}</option>
              <For each={stickyInputs(props.inputSchema)}>
                {(place) => (
                  <option value={place} selected={place === props.draft.stickyBy}>
                    {place.slice(1)}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
      </div>
      <label class="flex items-center gap-2">
        <input
          type="checkbox"
          checked={props.draft.stops}
          onChange={(event) => props.onChange({ stops: event.currentTarget.checked })}
          class="accent-accent-fill"
        />
        {t('Stop by itself when it fails too often')}
      </label>
      <Show when={props.draft.stops}>
        <div class="grid gap-3.5 sm:grid-cols-2">
          <TextInput
            label={t('Above this percent of errors')}
            value={props.draft.errorRate}
            error={props.issueAt?.('/stopAbove/errorRate')}
            onInput={(errorRate) => props.onChange({ errorRate })}
          />
          <TextInput
            label={t('With at least so many calls')}
            help={t('5 to 1000. A few failures by chance do not stop it.')}
            value={props.draft.atLeast}
            error={props.issueAt?.('/stopAbove/atLeast')}
            onInput={(atLeast) => props.onChange({ atLeast })}
          />
        </div>
      </Show>
    </div>
  );
}
