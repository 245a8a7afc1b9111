import { useQuery } from '@tanstack/solid-query';
import { For, onMount, Show } from 'solid-js';
import { severities } from '../../../../shared/exceptions/exception-schemas.ts';
import { queries } from '../../../api/trpc.ts';
import { EditorSection } from '../../../kit/document-form/form-section.tsx';
import { ListField } from '../../../kit/document-form/list-field.tsx';
import { setAt } from '../../../kit/schema-form/json-edit.ts';
import { nameFromTitle } from '../../tools/edit/definition-document.ts';
import { ExpressionField, TextField } from './bound-fields.tsx';
import { useEditor } from './editor-state.ts';
import { JsonPart } from './json-part.tsx';

/** What the playbook is called. */
export function BasicsSection() {
  const editor = useEditor();
  /** The name follows the title until the person gives one of their own. */
  const setTitle = (title: string) => {
    const follows = !editor.playbook && editor.text('/name') === nameFromTitle(editor.text('/title'));
    const titled = setAt(editor.value(), '/title', title);
    editor.document.replace(follows ? setAt(titled, '/name', nameFromTitle(title)) : titled);
  };
  onMount(() => {
    if (!editor.playbook) setTimeout(() => document.querySelector<HTMLElement>('#basics input')?.focus(), 0);
  });
  return (
    <EditorSection id="basics" title="Basics">
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <TextField pointer="/title" label="Title" required placeholder="Failed payment" onText={setTitle} />
        <TextField
          pointer="/name"
          label="Name"
          required
          mono
          placeholder="failed_payment"
          help="How programs and other playbooks call it."
        />
      </div>
      <TextField
        pointer="/description"
        label="Description"
        rows={2}
        placeholder="When it is used, and what it ends with"
      />
    </EditorSection>
  );
}

/** What a run takes, and for which exceptions the playbook is offered. */
export function InputSection() {
  const editor = useEditor();
  const domains = useQuery(() => queries.exceptions.domains());
  return (
    <>
      <EditorSection
        id="input"
        title="Input"
        lead="What whoever starts a run fills in, as JSON Schema. Steps name it as input.paymentId and so on."
      >
        <JsonPart pointer="/inputSchema" label="Input as JSON Schema" height="180px" />
      </EditorSection>
      <EditorSection
        id="triggers"
        title="Offered for"
        lead="Hints for whoever looks for a playbook on an exception. Without any it is offered for all of them."
      >
        <datalist id="playbook-domains">
          <For each={domains.isSuccess ? domains.data.items : []}>
            {(domain) => <option value={domain.name}>{domain.title}</option>}
          </For>
        </datalist>
        <ListField pointer="/triggers" label="Exceptions" one="kind of exception" start={() => ({})}>
          {(pointer) => (
            <div class="grid grid-cols-2 gap-3.5">
              <TextField
                pointer={`${pointer}/domain`}
                label="Domain"
                optional
                mono
                list="playbook-domains"
                placeholder="Any"
              />
              <SeverityBoxes pointer={`${pointer}/severities`} />
              <div class="col-span-2">
                <ExpressionField
                  pointer={`${pointer}/when`}
                  label="Where"
                  stepPath={null}
                  optional
                  placeholder="exception.attributes.amount > 100"
                />
              </div>
            </div>
          )}
        </ListField>
        <Show when={editor.error('/triggers')}>
          {(error) => <p class="text-failed text-sm">{error()}</p>}
        </Show>
      </EditorSection>
    </>
  );
}

function SeverityBoxes(props: { pointer: string }) {
  const editor = useEditor();
  const chosen = (): unknown[] => {
    const value = editor.at(props.pointer);
    return Array.isArray(value) ? value : [];
  };
  return (
    <fieldset data-pointer={props.pointer}>
      <legend class="pb-1 font-medium text-sm">Severities</legend>
      <div class="flex h-7 items-center gap-3">
        <For each={severities}>
          {(severity) => (
            <label class="flex items-center gap-1.5">
              <input
                type="checkbox"
                class="accent-accent-fill"
                checked={chosen().includes(severity)}
                onChange={(event) => {
                  const next = severities.filter((each) =>
                    each === severity ? event.currentTarget.checked : chosen().includes(each),
                  );
                  editor.set(props.pointer, next.length > 0 ? next : undefined);
                }}
              />
              {severity}
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
