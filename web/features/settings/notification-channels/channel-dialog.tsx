import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, For } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import type { Channel } from './channel.ts';

const begin = `{
  "channel": "#interlock",
  "text": "\${{ notice.text }}"
}`;

function parsed(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** Adds or edits a channel: a tool, and the input that it gets. */
export function ChannelDialog(props: { channel: Channel | undefined; onClose: () => void }) {
  const client = useQueryClient();
  /** Of what the person began to edit: the list is read again meanwhile. */
  const revision = props.channel?.revision ?? 0;
  const tools = useQuery(() => queries.tools.list({ limit: 200, scope: 'all', status: 'enabled' }));
  const [name, setName] = createSignal(props.channel?.name ?? '');
  const [toolId, setToolId] = createSignal(props.channel?.toolId ?? '');
  const [json, setJson] = createSignal(props.channel ? JSON.stringify(props.channel.input, null, 2) : begin);
  const input = () => parsed(json());

  async function save(): Promise<void> {
    const fields = { name: name().trim(), toolId: toolId(), input: input() ?? {} };
    const { channel } = props;
    if (channel)
      await api.notifications.updateChannel.mutate({
        id: channel.id,
        ...fields,
        enabled: channel.enabled,
        ifMatch: entityTag(revision),
      });
    else await api.notifications.createChannel.mutate(fields);
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'notifications') });
    toast(t`${fields.name} saved`);
    props.onClose();
  }

  return (
    <FormDialog
      title={props.channel ? t`Edit ${props.channel.name}` : t('Add channel')}
      width="560px"
      verb={props.channel ? t('Save') : t('Add')}
      ready={name().trim() !== '' && toolId() !== '' && input() !== null}
      send={save}
      failed={t('The channel was not saved.')}
      onClose={props.onClose}
    >
      {(issueAt, issuesIn) => (
        <>
          <TextInput
            label={t('Name')}
            required
            maxLength={80}
            value={name()}
            onInput={setName}
            error={issueAt('/name')}
          />
          <Field label={t('Tool')} required error={issueAt('/toolId')}>
            {(attributes) => (
              <select
                {...attributes}
                class={inputClass}
                value={toolId()}
                onChange={({ currentTarget }) => setToolId(currentTarget.value)}
              >
                <option value="">{t('Choose')}</option>
                <For each={tools.isSuccess ? tools.data.items : []}>
                  {(tool) => (
                    <option value={tool.id} selected={tool.id === toolId()}>
                      {tool.title}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
          <TextInput
            label={t('Inputs (JSON)')}
            required
            rows={8}
            mono
            spellcheck={false}
            value={json()}
            onInput={setJson}
            error={input() === null ? t('This is no JSON object.') : issuesIn('/input')}
            help={t(
              'Expressions: notice.text, notice.title, notice.link, notice.count, notice.critical, notice.lines, person.name, person.email, organization.name.',
            )}
          />
        </>
      )}
    </FormDialog>
  );
}
