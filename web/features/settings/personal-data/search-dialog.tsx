import { createSignal, For } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { api, queries } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';

/** Begins a search: an account, exact values, or both. */
export function SearchDialog(props: { onClose: () => void; onDone: () => Promise<void> }) {
  const people = useQuery(() => queries.personalData.people());
  const [accountId, setAccountId] = createSignal('');
  const [text, setText] = createSignal('');
  const values = () =>
    text()
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
  return (
    <FormDialog
      title={t("Search for a person's data")}
      width="520px"
      verb={t('Search')}
      ready={accountId() !== '' || values().length > 0}
      send={async () => {
        await api.personalData.search.mutate({
          values: values(),
          ...(accountId() === '' ? {} : { accountId: accountId() }),
        });
        await props.onDone();
      }}
      failed={t('The search was not begun.')}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <>
          <TextInput
            label={t('Exact values')}
            help={t(
              'One per line: an email address, a phone number, a full name. At least 4 characters each, at most 10.',
            )}
            rows={4}
            spellcheck={false}
            error={issueAt('/values') ?? issueAt('/values/0')}
            value={text()}
            onInput={setText}
          />
          <Field
            label={t('Account')}
            help={t('For a member or a former member: also what they did here, by their name and address.')}
            error={issueAt('/accountId')}
          >
            {(input) => (
              <select
                {...input}
                class={inputClass}
                value={accountId()}
                onChange={(event) => setAccountId(event.currentTarget.value)}
              >
                <option value="">{t('No account: a customer or someone else')}</option>
                <For each={people.data?.items}>
                  {(each) => (
                    <option value={each.id} selected={each.id === accountId()}>
                      {each.name}
                      {each.email ? `, ${each.email}` : ''}
                      {each.member ? '' : t(' (removed)')}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
