import { createSignal, For, Show } from 'solid-js';
import { Diff } from '../../../kit/diff/diff.tsx';
import { SubmitDialog } from '../../../kit/submit-dialog.tsx';
import { ChangeNote } from '../../../kit/versions/change-note.tsx';
import { t } from '../../../words/words.ts';
import { DefinitionChange } from '../parts/definition-change.tsx';
import { ReplayPanel } from '../parts/replay-panel.tsx';
import { ToolUses, useToolUses } from '../parts/tool-uses.tsx';
import { newTrial, readTrial, type TrialSharing } from '../parts/trial-draft.ts';
import { TrialFields } from '../parts/trial-fields.tsx';
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
  /** Saves it as a candidate that gets a part of the calls. */
  onTry: (note: string, sharing: TrialSharing) => void;
}) {
  const [note, setNote] = createSignal('');
  const [tries, setTries] = createSignal(false);
  const [draft, setDraft] = createSignal(newTrial);
  const changes = () => props.form.changes() ?? [];
  const breaking = () => changes().some((change) => change.impact === 'breaking');
  const renamed = () => props.form.text('/name') !== props.tool.name;
  const uses = useToolUses(() => props.tool.id, renamed);
  const sharing = () => (tries() ? readTrial(draft()) : null);
  const submit = () => {
    const shared = sharing();
    if (shared) return props.onTry(note().trim(), shared);
    // The person has seen who uses it under the old name.
    props.onSave(note().trim(), renamed() && uses.used());
  };
  const newSecret = () => secretIn(props.form.value()) !== undefined;
  return (
    <SubmitDialog
      title={t('Save as a new version')}
      description={t`Compared with v${props.tool.version}, the current version. Executions in progress keep their version.`}
      width="760px"
      verb={tries() ? t('Start trial') : props.verb}
      keys="mod+s"
      busy={props.busy}
      ready={!tries() || sharing() !== null}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <div class="flex flex-col gap-3 px-5 pb-4">
        <Show when={breaking()}>
          <p class="text-failed">{t`Inputs and consumers that work with v${props.tool.version} may not work with the new version.`}</p>
        </Show>
        <Show when={renamed()}>
          <ToolUses uses={uses} consequence={t('They keep calling it under its new name.')} />
        </Show>
        <BlastRadius tool={props.tool} definition={props.form.value()} />
        <ReplayPanel toolId={props.tool.id} tried={{ definition: sendable(props.form.value()) }} />
        <ul aria-label={t('Changes')} class="border-t">
          <For each={changes()}>{(change) => <DefinitionChange change={change} />}</For>
          <Show when={newSecret()}>
            <li class="border-b py-1.5">{t('A new secret replaces the current one in the vault.')}</li>
          </Show>
        </ul>
        <ChangeNote value={note()} onInput={setNote} />
        <Show when={props.tool.scope !== 'global' && !renamed()}>
          <label class="flex w-fit items-center gap-2">
            <input
              type="checkbox"
              checked={tries()}
              onChange={(event) => setTries(event.currentTarget.checked)}
              class="accent-accent-fill"
            />
            {t('Try it with a part of the calls first')}
          </label>
          <Show when={tries()}>
            <TrialFields
              draft={draft()}
              inputSchema={props.tool.inputSchema}
              onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
            />
          </Show>
        </Show>
        <Diff
          label={t('Definition before and after')}
          before={definitionText(props.form.saved())}
          after={definitionText(props.form.value())}
        />
      </div>
    </SubmitDialog>
  );
}
