import { createSignal, For } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { api } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import type { ApiKey, NewApiKey } from './api-key.ts';

const overlaps: [seconds: number, words: string][] = [
  [0, 'not at all: it stops now'],
  [3_600, 'one hour'],
  [86_400, 'one day'],
  [7 * 86_400, 'seven days'],
  [30 * 86_400, '30 days'],
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
      title={`Rotate ${props.apiKey.name}`}
      description="The key gets a new value, which is shown once. Roles, limits and history stay."
      verb="Rotate"
      ready
      send={async () => {
        const { id, revision } = props.apiKey;
        const sent = { id, overlapSeconds: overlap(), ifMatch: entityTag(revision) };
        await props.onRotated(await api.apiKeys.rotate.mutate(sent));
      }}
      failed="The key was not rotated."
      onClose={props.onClose}
    >
      {() => (
        <Field
          label="The present value goes on working"
          help="Long enough to give the new one to every system."
        >
          {(input) => (
            <select
              {...input}
              class={inputClass}
              value={overlap()}
              onChange={(event) => setOverlap(Number(event.currentTarget.value))}
            >
              <For each={overlaps}>{([seconds, words]) => <option value={seconds}>{words}</option>}</For>
            </select>
          )}
        </Field>
      )}
    </FormDialog>
  );
}
