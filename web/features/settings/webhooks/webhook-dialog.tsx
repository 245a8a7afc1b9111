import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, For } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { offeredEventTypes } from '../../../../shared/webhooks/offered-event-types.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, type Outputs, queryKey } from '../../../api/trpc.ts';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { rich, t } from '../../../words/words.ts';

export type Endpoint = Outputs['webhooks']['list']['items'][number];

/** An endpoint's name in a sentence. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

/** By their first word: hundreds of boxes one after the other are hundreds of stops for Tab. */
const groups = Object.entries(
  Object.groupBy(offeredEventTypes, (type) => /^[A-Z]+[a-z]*/.exec(type)?.[0] ?? type),
).map(([name, members]) => [name, members ?? []] as const);

/** Adds or edits an endpoint: its URL and the types of events that it receives. */
export function WebhookDialog(props: {
  endpoint: Endpoint | undefined;
  onClose: () => void;
  onAdded: (added: { url: string; secret: string }) => void;
}) {
  const client = useQueryClient();
  /** Of what the person began to edit: the list is read again meanwhile. */
  const revision = props.endpoint?.revision ?? 0;
  const [url, setUrl] = createSignal(props.endpoint?.url ?? '');
  const [description, setDescription] = createSignal(props.endpoint?.description ?? '');
  const [types, setTypes] = createSignal<ReadonlySet<string>>(new Set(props.endpoint?.eventTypes));
  const toggle = (type: string) =>
    setTypes((before) => new Set(offeredEventTypes.filter((each) => before.has(each) !== (each === type))));

  async function save(): Promise<void> {
    const { endpoint } = props;
    const fields = { url: url().trim(), description: description().trim(), eventTypes: [...types()] };
    const added = endpoint ? null : await api.webhooks.create.mutate(fields);
    if (endpoint)
      await api.webhooks.update.mutate({ id: endpoint.id, ...fields, ifMatch: entityTag(revision) });
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'webhooks') });
    if (added) return props.onAdded(added);
    toast(t`${hostOf(fields.url)} saved`);
    props.onClose();
  }

  return (
    <FormDialog
      title={props.endpoint ? t`Edit ${hostOf(props.endpoint.url)}` : t('Add endpoint')}
      width="560px"
      verb={props.endpoint ? t('Save') : t('Add')}
      ready={url().trim() !== ''}
      send={save}
      failed={t('The endpoint was not saved.')}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <>
          <TextInput
            label={t('URL')}
            required
            type="url"
            mono
            error={issueAt('/url')}
            maxLength={2048}
            placeholder="https://engine.example/interlock"
            value={url()}
            onInput={setUrl}
          />
          <TextInput
            label={t('Description')}
            error={issueAt('/description')}
            maxLength={500}
            value={description()}
            onInput={setDescription}
          />
          <fieldset class="flex flex-col gap-1">
            <legend class="mb-1 font-medium text-sm">
              {rich`Events ${<span class="ml-1 font-normal text-faint">{t('none selected: every type')}</span>}`}
            </legend>
            <div class="max-h-56 overflow-auto rounded-md border border-line-strong px-2 py-1.5">
              <For each={groups}>
                {([name, members]) => (
                  <details open={members.some((type) => types().has(type))}>
                    <summary class="py-0.5">
                      {name}{' '}
                      <span class="text-faint tabular-nums">
                        {t`${members.filter((type) => types().has(type)).length} of ${members.length}`}
                      </span>
                    </summary>
                    <div class="grid grid-cols-2 gap-x-4 pb-1 pl-4 max-sm:grid-cols-1">
                      <For each={members}>
                        {(type) => (
                          <label class="flex h-6 items-center gap-2 truncate">
                            <input
                              type="checkbox"
                              checked={types().has(type)}
                              onChange={() => toggle(type)}
                            />
                            {type}
                          </label>
                        )}
                      </For>
                    </div>
                  </details>
                )}
              </For>
            </div>
          </fieldset>
        </>
      )}
    </FormDialog>
  );
}
