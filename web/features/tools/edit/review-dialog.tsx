import { createSignal, For, Show } from 'solid-js';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { type AuthType, authSecretField } from '../../../../shared/tools/tool-definition.ts';
import { useActions } from '../../../kit/actions.ts';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { Diff } from '../../../kit/diff/diff.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { ChangeRow } from '../parts/version-diff.tsx';
import { BlastRadius } from './blast-radius.tsx';
import type { Definition, Tool } from './definition-document.ts';
import type { ToolForm } from './form-state.ts';

/** What a save would change, before it is saved. */
export function ReviewDialog(props: {
  form: ToolForm;
  tool: Tool;
  verb: string;
  busy: boolean;
  onClose: () => void;
  onSave: (note: string) => void;
}) {
  const [note, setNote] = createSignal('');
  const changes = () => props.form.changes() ?? [];
  const breaking = () => changes().some((change) => change.impact === 'breaking');
  const newSecret = () => secretIn(props.form.definition()) !== undefined;
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={`Save as v${props.tool.version + 1}`}
      description={`Compared with v${props.tool.version}, the current version. Runs under way keep the version they began with.`}
      width="760px"
      footer={
        <>
          <div class="flex-1" />
          <Button onClick={() => props.onClose()}>Keep editing</Button>
          <Button
            variant="primary"
            keys="mod+s"
            busy={props.busy}
            onClick={() => props.onSave(note().trim())}
          >
            {props.verb}
          </Button>
        </>
      }
    >
      <SaveKey onSave={() => props.onSave(note().trim())} />
      <div class="flex flex-col gap-3 px-5 pb-4">
        <Show when={breaking()}>
          <p class="text-failed">
            A payload or a reader that worked with v{props.tool.version} may not work with v
            {props.tool.version + 1}.
          </p>
        </Show>
        <BlastRadius tool={props.tool} definition={props.form.definition()} />
        <ul aria-label="Changes" class="border-t">
          <For each={changes()}>{(change) => <ChangeRow change={change} />}</For>
          <Show when={newSecret()}>
            <li class="border-b py-1.5">
              A new secret goes into the vault and replaces the one that is set.
            </li>
          </Show>
        </ul>
        <Field label="What for" help="Stands beside the version.">
          {(input) => (
            <input
              {...input}
              type="text"
              maxLength={500}
              value={note()}
              onInput={(event) => setNote(event.currentTarget.value)}
              class={inputClass}
            />
          )}
        </Field>
        <Diff
          label="Definition before and after"
          before={shown(props.form.saved())}
          after={shown(props.form.definition())}
        />
      </div>
    </Dialog>
  );
}

/** Stands inside of the dialog, whose keys are its own. */
function SaveKey(props: { onSave: () => void }) {
  useActions(() => [
    {
      id: 'review:save',
      label: 'Save',
      keys: 'mod+s',
      group: 'Page',
      inInputs: true,
      run: () => props.onSave(),
    },
  ]);
  return null;
}

function secretIn(definition: Definition): unknown {
  const { auth } = definition;
  if (!isObject(auth)) return undefined;
  const field = authSecretField[auth.type as AuthType] ?? null;
  return field === null ? undefined : auth[field];
}

/** The document as text; a secret that was just typed is not for the screen. */
function shown(definition: Definition): string {
  const { auth } = definition;
  if (!isObject(auth) || secretIn(definition) === undefined) return JSON.stringify(definition, null, 2);
  const field = authSecretField[auth.type as AuthType] ?? '';
  return JSON.stringify({ ...definition, auth: { ...auth, [field]: '(a new value)' } }, null, 2);
}
