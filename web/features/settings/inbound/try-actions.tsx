import { type Accessor, createSignal, For, Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { api, queries } from '../../../api/trpc.ts';
import { createLiveRequest } from '../../../kit/document-form/live-request.ts';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { formatExactTime } from '../../../kit/format.ts';
import { JsonTree } from '../../../kit/json-tree/json-tree.tsx';
import { Status } from '../../../kit/status.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { said } from '../../../words/said.ts';
import { inSentence, t } from '../../../words/words.ts';
import { readBody } from './action-draft.ts';
import { actionLabel, deliveryStatus, triedStatus } from './inbound-words.ts';

/** Tries actions while they are written, on a delivery or on a body that someone pastes. Nothing is changed. */
export function createActionTrial(endpointId: string, actions: Accessor<Record<string, unknown>[]>) {
  const [deliveryId, setDeliveryId] = createSignal('');
  const [text, setText] = createSignal('{}');
  const deliveries = useQuery(() => queries.inboundWebhooks.deliveries({ id: endpointId, limit: 20 }));
  const latest = () => deliveryId() || (deliveries.data?.items[0]?.id ?? '');
  const chosen = () => (deliveryId() === 'pasted' ? '' : latest());
  const live = createLiveRequest(
    () => {
      const received = chosen();
      return {
        actions: actions(),
        ...(received ? { deliveryId: received } : { body: readBody(text())?.value ?? null }),
      };
    },
    (input) => api.inboundWebhooks.try.mutate(input),
  );
  return { ...live, deliveries, chosen, choose: setDeliveryId, text, setText };
}

export function TryActions(props: { trial: ReturnType<typeof createActionTrial> }) {
  const { trial } = props;
  return (
    <section aria-label={t('Try it')} class="flex flex-col gap-3">
      <h3 class="font-semibold">{t('Try it')}</h3>
      <Field
        label={t('With')}
        help={t('As it is shown: what is redacted there is so here. Nothing is changed.')}
      >
        {(input) => (
          <select
            {...input}
            class={inputClass}
            value={trial.chosen() || 'pasted'}
            onChange={(event) => trial.choose(event.currentTarget.value)}
          >
            <For each={trial.deliveries.data?.items}>
              {(delivery) => (
                <option value={delivery.id} selected={delivery.id === trial.chosen()}>
                  {formatExactTime(delivery.receivedAt)}, {inSentence(deliveryStatus[delivery.status].word)}
                </option>
              )}
            </For>
            <option value="pasted" selected={trial.chosen() === ''}>
              {t('A body that I paste')}
            </option>
          </select>
        )}
      </Field>
      <Show when={trial.chosen() === ''}>
        <TextInput
          label={t('Body')}
          mono
          rows={8}
          spellcheck={false}
          value={trial.text()}
          onInput={trial.setText}
          error={readBody(trial.text()) ? undefined : t('Not JSON.')}
        />
      </Show>
      <FailureNote failed={t('The actions were not tried.')} error={trial.failed() ?? undefined} />
      <ol aria-label={t('What each action would do')} aria-live="polite" class="flex flex-col gap-2">
        <For each={trial.response()?.results}>
          {(result) => (
            <li class="flex flex-col gap-1 border-t pt-2">
              <p class="flex flex-wrap gap-x-3">
                <Status {...triedStatus[result.status]} />
                <span class="min-w-0 break-words">{actionLabel(result)}</span>
              </p>
              <Show when={result.message}>
                {(message) => <p class="break-words text-muted text-sm">{said(message())}</p>}
              </Show>
              <Show when={result.status === 'would_run'}>
                <JsonTree
                  value={result.values}
                  label={t`Values of ${actionLabel(result)}`}
                  maxHeight="240px"
                />
              </Show>
            </li>
          )}
        </For>
      </ol>
    </section>
  );
}
