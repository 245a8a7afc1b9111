import { createSignal, For } from 'solid-js';
import type { PersonSearch } from '../../../../shared/erasure/person-schemas.ts';
import { api } from '../../../api/trpc.ts';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';
import { countLines, erasable, nameOf } from './person-words.ts';

/** Erases what a search has found, once the name is typed. */
export function EraseDialog(props: {
  search: PersonSearch;
  onClose: () => void;
  onDone: () => Promise<void>;
}) {
  const search = props.search;
  const [typed, setTyped] = createSignal('');
  return (
    <FormDialog
      title={t`Erase the data of ${nameOf(search)}?`}
      width="520px"
      verb={t('Erase for good')}
      danger
      ready={typed().trim() === nameOf(search)}
      send={async () => {
        await api.personalData.erase.mutate({ id: search.id, confirm: typed().trim() });
        await props.onDone();
      }}
      failed={t('Nothing was erased.')}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <>
          <div class="flex flex-col gap-2 text-muted">
            <p>{t('This cannot be undone. Their values and names are erased in')}</p>
            <ul class="list-disc pl-5">
              <For each={countLines(erasable(search))} fallback={<li>{t('nothing that was found')}</li>}>
                {(line) => <li>{line}</li>}
              </For>
            </ul>
            <p>
              {t(
                'The records stay: amounts, ids, times, results, and that something was done. The audit trail stays verifiable and says how much was erased. Backups and other systems keep what they have.',
              )}
            </p>
          </div>
          <TextInput
            label={t`Type ${nameOf(search)} to confirm`}
            required
            spellcheck={false}
            error={issueAt('/confirm')}
            value={typed()}
            onInput={setTyped}
          />
        </>
      )}
    </FormDialog>
  );
}
