import { createSignal, For } from 'solid-js';
import { type KeyDoor, keyDoors, type MemberRole } from '../../../../shared/identity/roles.ts';
import { useMe } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { api, queries } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';
import { RoleChoice } from '../../people/parts/role-choice.tsx';
import type { NewApiKey } from './api-key.ts';

const doorWords: Record<KeyDoor, string> = {
  graphql: 'GraphQL',
  rest: t('REST API'),
  trpc: 'tRPC',
  live: t('Live events'),
  mcp: t('MCP'),
};

/** Texts, one on each line; undefined when there is none. */
const linesOf = (text: string): string[] | undefined => {
  const lines = text.split(/[\n,]/).flatMap((line) => line.trim() || []);
  return lines.length > 0 ? lines : undefined;
};

/** Makes an API key. */
export function ApiKeyDialog(props: { onClose: () => void; onMade: (made: NewApiKey) => Promise<void> }) {
  const me = useMe();
  const members = useQuery(() => queries.members.list());
  const [name, setName] = createSignal('');
  const [roles, setRoles] = createSignal<MemberRole[]>(['operator']);
  const [accountable, setAccountable] = createSignal(me()?.actor.id ?? '');
  const [tools, setTools] = createSignal('');
  const [doors, setDoors] = createSignal<KeyDoor[]>([]);
  const [addresses, setAddresses] = createSignal('');
  const [expires, setExpires] = createSignal('');

  const send = async () => {
    const day = expires();
    const made = await api.apiKeys.create.mutate({
      name: name().trim(),
      roles: roles(),
      accountableUserId: accountable(),
      tools: linesOf(tools()),
      doors: doors().length > 0 ? doors() : undefined,
      addresses: linesOf(addresses()),
      // At the end of that day, where the person is.
      expiresAt: day ? new Date(`${day}T23:59:59`).toISOString() : undefined,
    });
    await props.onMade(made);
  };
  const toggle = (door: KeyDoor) =>
    setDoors((before) => keyDoors.filter((each) => before.includes(each) !== (each === door)));

  return (
    <FormDialog
      title={t('New API key')}
      width="560px"
      verb={t('Make the key')}
      ready={name().trim() !== '' && roles().length > 0 && accountable() !== ''}
      send={send}
      failed={t('The key was not made.')}
      onClose={props.onClose}
    >
      {(issueAt) => {
        // A problem of one entry is shown below the field.
        const issueIn = (field: string) =>
          [field, ...Array.from({ length: 50 }, (_, index) => `${field}/${index}`)]
            .map(issueAt)
            .find((message) => message !== undefined);
        return (
          <>
            <TextInput
              label={t('Name')}
              required
              error={issueAt('/name')}
              maxLength={100}
              placeholder={t('Order system')}
              value={name()}
              onInput={setName}
            />
            <Field
              label={t('Accountable person')}
              error={issueAt('/accountableUserId')}
              help={t(
                'The key counts as this person, and stops with their rights. A key that may approve is always your own.',
              )}
            >
              {(input) => (
                <select
                  {...input}
                  class={inputClass}
                  value={accountable()}
                  onChange={(event) => setAccountable(event.currentTarget.value)}
                >
                  <For each={members.isSuccess ? members.data.items : []}>
                    {(member) => (
                      <option value={member.id} selected={member.id === accountable()}>
                        {member.name}
                      </option>
                    )}
                  </For>
                </select>
              )}
            </Field>
            <RoleChoice value={roles()} onChange={setRoles} error={issueAt('/roles')} />
            <fieldset class="flex flex-col gap-3.5 border-t pt-3">
              <legend class="sr-only">{t('Limits')}</legend>
              <p class="text-muted">{t('Limits. Without an entry, there is none.')}</p>
              <TextInput
                label={t('Only these tools')}
                rows={2}
                mono
                error={issueIn('/tools')}
                help={t(
                  'Names, one on each line. The key then executes these tools, reads, and changes nothing else.',
                )}
                placeholder="refund_payment"
                value={tools()}
                onInput={setTools}
              />
              <TextInput
                label={t('Only from these addresses')}
                rows={2}
                mono
                error={issueIn('/addresses')}
                help={t('Addresses or ranges, one on each line.')}
                placeholder="10.0.0.0/8"
                value={addresses()}
                onInput={setAddresses}
              />
              <fieldset class="flex flex-wrap gap-x-4 gap-y-1">
                <legend class="mb-1 font-medium text-sm">{t('Only by')}</legend>
                <For each={keyDoors}>
                  {(door) => (
                    <label class="flex items-center gap-1.5">
                      <input type="checkbox" checked={doors().includes(door)} onChange={() => toggle(door)} />
                      {doorWords[door]}
                    </label>
                  )}
                </For>
              </fieldset>
              <Field label={t('Expires after')} error={issueAt('/expiresAt')}>
                {(input) => (
                  <input
                    {...input}
                    type="date"
                    class={inputClass}
                    value={expires()}
                    onInput={(event) => setExpires(event.currentTarget.value)}
                  />
                )}
              </Field>
            </fieldset>
          </>
        );
      }}
    </FormDialog>
  );
}
