import { createSignal, For, Show } from 'solid-js';
import { useActions } from '../../../kit/actions.ts';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { Diff } from '../../../kit/diff/diff.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { formatJson } from '../../../kit/json-editor/json-document.ts';
import { setAt } from '../../../kit/schema-form/json-edit.ts';
import { DefinitionChange } from '../parts/definition-change.tsx';
import { BlastRadius } from './blast-radius.tsx';
import { type Definition, secretFieldOf, secretIn, type Tool } from './definition-document.ts';
import type { ToolForm } from './tool-form-state.ts';

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
  const newSecret = () => secretIn(props.form.value()) !== undefined;
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={`Save as v${props.tool.version + 1}`}
      description={`Compared with v${props.tool.version}, the current version. Executions in progress keep their version.`}
      width="760px"
      footer={
        <>
          <div class="flex-1" />
          <Button onClick={() => props.onClose()}>Cancel</Button>
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
            Inputs and consumers that work with v{props.tool.version} may not work with v
            {props.tool.version + 1}.
          </p>
        </Show>
        <BlastRadius tool={props.tool} definition={props.form.value()} />
        <ul aria-label="Changes" class="border-t">
          <For each={changes()}>{(change) => <DefinitionChange change={change} />}</For>
          <Show when={newSecret()}>
            <li class="border-b py-1.5">A new secret replaces the current one in the vault.</li>
          </Show>
        </ul>
        <Field label="Change note" help="Shown with the version.">
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
          after={shown(props.form.value())}
        />
      </div>
    </Dialog>
  );
}

/** Inside the dialog, because the keys of the page are off there. */
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

/** The document as text, without a secret that was just typed. */
function shown(definition: Definition): string {
  const field = secretFieldOf(definition);
  if (field === null || secretIn(definition) === undefined) return formatJson(definition);
  return formatJson(setAt(definition, `/auth/${field}`, '(a new value)'));
}
