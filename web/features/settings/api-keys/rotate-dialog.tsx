import { createSignal, For } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { api } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { t } from '../../../words/words.ts';
import type { ApiKey, NewApiKey } from './api-key.ts';

const overlaps: [seconds: number, words: string][] = [
  [0, t('not at all: it stops now')],
  [3_600, t('one hour')],
  [86_400, t('one day')],
  [7 * 86_400, t('seven days')],
  [30 * 86_400, t('30 days')],
];

/** Gives a key a new value. */
export function RotateDialog(props: {
  apiKey: ApiKey;
  onClose: () => void;
  onRotated: (made: NewApiKey) => Promise<void>;
}) {
  const [overlap, setOverlap] = createSignal(86_400);
  return (
    <FormDialog
      title={t`Rotate ${props.apiKey.name}`}
      description={t('The key gets a new value, which is shown once. Roles, limits and history stay.')}
      verb={t('Rotate')}
      ready
      send={async () => {
        const { id, revision } = props.apiKey;
        const sent = { id, overlapSeconds: overlap(), ifMatch: entityTag(revision) };
        await props.onRotated(await api.apiKeys.rotate.mutate(sent));
      }}
      failed={t('The key was not rotated.')}
      onClose={props.onClose}
    >
      {() => (
        <Field
          label={t('The present value goes on working')}
          help={t('Long enough to give the new one to every system.')}
        >
          {(input) => (
            <select
              {...input}
              class={inputClass}
              value={overlap()}
              onChange={(event) => setOverlap(Number(event.currentTarget.value))}
            >
              <For each={overlaps}>
                {([seconds, words]) => (
                  <option value={seconds} selected={seconds === overlap()}>
                    {words}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
      )}
    </FormDialog>
  );
}
