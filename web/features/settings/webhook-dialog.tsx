import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, For, Show } from 'solid-js';
import { eventTypes } from '../../../shared/events/event-types.ts';
import { type ApiError, toApiError } from '../../api/api-error.ts';
import { tenantSlug } from '../../api/tenant.ts';
import { api, type Outputs, queryKey } from '../../api/trpc.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Field, inputClass } from '../../kit/field.tsx';
import { SubmitKey } from '../../kit/submit-key.tsx';
import { toast } from '../../shell/toasts.tsx';

export type Endpoint = Outputs['webhooks']['list']['items'][number];

/** An endpoint's name in a sentence. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

/** A failed delivery is not itself delivered. */
const choices = eventTypes.filter((type) => type !== 'WebhookDeliveryFailed');

/** Adds or edits an endpoint: its URL and the types of events that it receives. */
export function WebhookDialog(props: {
  endpoint: Endpoint | undefined;
  onClose: () => void;
  onAdded: (added: { url: string; secret: string }) => void;
}) {
  const client = useQueryClient();
  const [url, setUrl] = createSignal(props.endpoint?.url ?? '');
  const [description, setDescription] = createSignal(props.endpoint?.description ?? '');
  const [types, setTypes] = createSignal<ReadonlySet<string>>(new Set(props.endpoint?.eventTypes));
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<ApiError>();
  let form: HTMLFormElement | undefined;

  const issueAt = (pointer: string) => error()?.issues.find((issue) => issue.path === pointer)?.message;
  const ready = () => url().trim() !== '';
  const toggle = (type: string) =>
    setTypes((before) => new Set(choices.filter((each) => before.has(each) !== (each === type))));

  async function save(): Promise<void> {
    if (busy() || !ready()) return;
    setBusy(true);
    setError(undefined);
    const fields = { url: url().trim(), description: description().trim(), eventTypes: [...types()] };
    try {
      const { endpoint } = props;
      const added = endpoint ? null : await api.webhooks.create.mutate(fields);
      if (endpoint) await api.webhooks.update.mutate({ id: endpoint.id, ...fields });
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'webhooks') });
      if (added) return props.onAdded(added);
      toast(`${hostOf(fields.url)} saved`);
      props.onClose();
    } catch (failure) {
      setError(toApiError(failure));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.endpoint ? `Edit ${hostOf(props.endpoint.url)}` : 'Add endpoint'}
      width="560px"
      footer={
        <>
          <div class="flex-1" />
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button
            variant="primary"
            keys="mod+enter"
            busy={busy()}
            disabled={!ready()}
            onClick={() => void save()}
          >
            {props.endpoint ? 'Save' : 'Add'}
          </Button>
        </>
      }
    >
      <SubmitKey
        verb="Save the endpoint"
        onSubmit={() => void save()}
        onOpened={() => form?.querySelector<HTMLElement>('input')?.focus()}
      />
      <form
        ref={form}
        class="flex flex-col gap-3.5 px-5 pb-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Show when={error()}>
          {(failure) => (
            <p role="alert" class="text-failed">
              The endpoint was not saved. {failure().message}
            </p>
          )}
        </Show>
        <Field label="URL" required error={issueAt('/url')}>
          {(input) => (
            <input
              {...input}
              type="url"
              maxLength={2048}
              autocomplete="off"
              spellcheck={false}
              placeholder="https://engine.example/interlock"
              value={url()}
              onInput={(event) => setUrl(event.currentTarget.value)}
              class={`${inputClass} font-mono text-sm`}
            />
          )}
        </Field>
        <Field label="Description" error={issueAt('/description')}>
          {(input) => (
            <input
              {...input}
              type="text"
              maxLength={500}
              autocomplete="off"
              value={description()}
              onInput={(event) => setDescription(event.currentTarget.value)}
              class={inputClass}
            />
          )}
        </Field>
        <fieldset class="flex flex-col gap-1">
          <legend class="mb-1 font-medium text-sm">
            Events <span class="ml-1 font-normal text-faint">none selected: every type</span>
          </legend>
          <div class="grid max-h-56 grid-cols-2 gap-x-4 overflow-auto rounded-md border border-line-strong px-2 py-1.5 max-sm:grid-cols-1">
            <For each={choices}>
              {(type) => (
                <label class="flex h-6 items-center gap-2 truncate">
                  <input type="checkbox" checked={types().has(type)} onChange={() => toggle(type)} />
                  {type}
                </label>
              )}
            </For>
          </div>
        </fieldset>
      </form>
    </Dialog>
  );
}
