import { Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { type StepType, stepDefinitions } from '../../../../shared/playbooks/steps/registry.ts';
import { ListField } from '../../../kit/document-form/list-field.tsx';
import { setAt } from '../../../kit/schema-form/json-edit.ts';
import { roleWord } from '../../../shell/role-words.ts';
import type { Document } from '../parts/outline.ts';
import { AssigneeField } from './assignee-field.tsx';
import { DurationField, ExpressionField, SwitchField, TextField } from './bound-fields.tsx';
import { useEditor } from './editor-state.ts';
import { idOfTitle, renameStep, takenIds } from './step-ids.ts';
import { typeFields } from './type-fields.tsx';

/** Everything about one step, below its line. */
export function StepDetails(props: { path: string }) {
  const editor = useEditor();
  const at = (key: string) => `${props.path}/${key}`;
  const type = () => editor.text(at('type')) as StepType;
  const pure = () => stepDefinitions[type()] as { defaultRole: string | null } | undefined;
  /** The id follows the title until the person gives one of their own, or runs know it. */
  const setTitle = (title: string) => {
    const id = editor.text(at('id'));
    const taken = takenIds(editor.value(), props.path);
    const follows = id === idOfTitle(editor.text(at('title')), type(), taken) && !editor.publishedIds.has(id);
    const titled = setAt(editor.value(), at('title'), title) as Document;
    editor.document.replace(
      follows ? renameStep(titled, props.path, idOfTitle(title, type(), taken)) : titled,
    );
  };
  const isHuman = () => pure()?.defaultRole !== null && pure() !== undefined;
  return (
    <div class="flex flex-col gap-3.5 pt-2 pb-5">
      <div class="grid grid-cols-[minmax(0,2fr)_minmax(0,1fr)] gap-3.5">
        <TextField
          pointer={at('title')}
          label="Title"
          required
          placeholder="Check the account"
          onText={setTitle}
        />
        <TextField
          pointer={at('id')}
          label="Id"
          required
          mono
          help="How expressions call it."
          onText={(id) => editor.document.replace(renameStep(editor.value(), props.path, id))}
        />
      </div>
      <TextField
        pointer={at('instructions')}
        label="Instructions"
        rows={3}
        optional
        placeholder="What to do, and what to look out for. Markdown."
      />
      <Show
        when={typeFields[type()]}
        fallback={<p class="text-unknown">This type of step is not known here.</p>}
      >
        {(fields) => <Dynamic component={fields()} path={props.path} />}
      </Show>
      <ExpressionField
        pointer={at('when')}
        label="Only if"
        optional
        stepPath={props.path}
        placeholder="Always"
        help="An expression that is true or false; when it is not true the step is skipped."
      />
      <Show when={isHuman()}>
        <div class="grid grid-cols-3 gap-3.5 max-xl:grid-cols-2">
          <AssigneeField
            pointer={at('assignee')}
            label="Who"
            stepPath={props.path}
            nobody={`Whoever is ${roleWord(pure()?.defaultRole ?? '')}`}
          />
          <DurationField
            pointer={at('due')}
            label="Due"
            placeholder="Never"
            help="After it opens, as in 4 h."
          />
          <DurationField
            pointer={at('reminder')}
            label="Reminder"
            placeholder="None"
            help="Before it is due."
          />
        </div>
        <ListField
          pointer={at('escalation')}
          label="Escalation"
          one="escalation"
          help="Once it is overdue it belongs to somebody else. Nothing is ever approved by itself."
          start={() => ({ after: 'PT1H', to: { role: 'tenant_admin' } })}
        >
          {(pointer) => (
            <div class="grid grid-cols-2 gap-1.5">
              <DurationField pointer={`${pointer}/after`} label="After" />
              <AssigneeField pointer={`${pointer}/to`} label="It goes to" stepPath={props.path} />
            </div>
          )}
        </ListField>
        <Show when={type() !== 'approval' && type() !== 'wait'}>
          <SwitchField pointer={at('optional')} label="Optional" help="May be skipped, with a reason." />
        </Show>
      </Show>
    </div>
  );
}
