import { createSignal, For, Show } from 'solid-js';
import { Diff } from '../../../kit/diff/diff.tsx';
import { SubmitDialog } from '../../../kit/submit-dialog.tsx';
import { ChangeNote } from '../../../kit/versions/change-note.tsx';
import { DefinitionChange } from '../parts/definition-change.tsx';
import { ReplayPanel } from '../parts/replay-panel.tsx';
import { ToolUses, useToolUses } from '../parts/tool-uses.tsx';
import { BlastRadius } from './blast-radius.tsx';
import { definitionText, secretIn, sendable, type Tool } from './definition-document.ts';
import type { ToolForm } from './tool-form-state.ts';

/** What a save would change, before it is saved. */
export function ReviewDialog(props: {
  form: ToolForm;
  tool: Tool;
  verb: string;
  busy: boolean;
  onClose: () => void;
  onSave: (note: string, force: boolean) => void;
}) {
  const [note, setNote] = createSignal('');
  const changes = () => props.form.changes() ?? [];
  const breaking = () => changes().some((change) => change.impact === 'breaking');
  const renamed = () => props.form.text('/name') !== props.tool.name;
  const uses = useToolUses(() => props.tool.id, renamed);
  const newSecret = () => secretIn(props.form.value()) !== undefined;
  return (
    <SubmitDialog
      title={`Save as v${props.tool.version + 1}`}
      description={`Compared with v${props.tool.version}, the current version. Executions in progress keep their version.`}
      width="760px"
      verb={props.verb}
      keys="mod+s"
      busy={props.busy}
      // The person has seen who uses it under the old name.
      onSubmit={() => props.onSave(note().trim(), renamed() && uses.used())}
      onClose={props.onClose}
    >
      <div class="flex flex-col gap-3 px-5 pb-4">
        <Show when={breaking()}>
          <p class="text-failed">
            Inputs and consumers that work with v{props.tool.version} may not work with v
            {props.tool.version + 1}.
          </p>
        </Show>
        <Show when={renamed()}>
          <ToolUses uses={uses} consequence="They keep calling it under its new name." />
        </Show>
        <BlastRadius tool={props.tool} definition={props.form.value()} />
        <ReplayPanel toolId={props.tool.id} tried={{ definition: sendable(props.form.value()) }} />
        <ul aria-label="Changes" class="border-t">
          <For each={changes()}>{(change) => <DefinitionChange change={change} />}</For>
          <Show when={newSecret()}>
            <li class="border-b py-1.5">A new secret replaces the current one in the vault.</li>
          </Show>
        </ul>
        <ChangeNote value={note()} onInput={setNote} />
        <Diff
          label="Definition before and after"
          before={definitionText(props.form.saved())}
          after={definitionText(props.form.value())}
        />
      </div>
    </SubmitDialog>
  );
}
