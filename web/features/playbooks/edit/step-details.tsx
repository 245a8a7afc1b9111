import { Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { stepDefinitions } from '../../../../shared/playbooks/steps/registry.ts';
import { SwitchField, TextField } from '../../../kit/document-form/bound-fields.tsx';
import { DurationField } from '../../../kit/document-form/duration-field.tsx';
import { ListField } from '../../../kit/document-form/list-field.tsx';
import { setAt } from '../../../kit/schema-form/json-edit.ts';
import { roleWord } from '../../../shell/role-words.ts';
import { t } from '../../../words/words.ts';
import type { Document } from '../parts/outline.ts';
import { AssigneeField } from './assignee-field.tsx';
import { useEditor } from './editor-state.ts';
import { ExpressionField } from './expression-field.tsx';
import { idOfTitle, renameStep, usedIds } from './step-ids.ts';
import { stepFormOf } from './steps/registry.ts';

const defaultRoles: Readonly<Record<string, { defaultRole: string | null }>> = stepDefinitions;

/** Everything about one step, below its line. */
export function StepDetails(props: { path: string }) {
  const editor = useEditor();
  const at = (key: string) => `${props.path}/${key}`;
  const type = () => editor.text(at('type'));
  /** The role that completes a step without an assignee; null: the step needs no person. */
  const defaultRole = () => defaultRoles[type()]?.defaultRole ?? null;
  /** The ID follows the title until the person changes it, or runs know it. */
  const setTitle = (title: string) => {
    const id = editor.text(at('id'));
    const used = usedIds(editor.value(), props.path);
    const follows = id === idOfTitle(editor.text(at('title')), type(), used) && !editor.publishedIds.has(id);
    const titled = setAt(editor.value(), at('title'), title) as Document;
    editor.document.replace(
      follows ? renameStep(titled, props.path, idOfTitle(title, type(), used)) : titled,
    );
  };
  return (
    <div class="flex flex-col gap-3.5 pt-2 pb-5">
      <div class="grid grid-cols-[minmax(0,2fr)_minmax(0,1fr)] gap-3.5">
        <TextField
          pointer={at('title')}
          label={t('Title')}
          required
          placeholder={t('Check the account')}
          onText={setTitle}
        />
        <TextField
          pointer={at('id')}
          label={t('ID')}
          required
          mono
          help={t('Used by expressions.')}
          onText={(id) => editor.document.replace(renameStep(editor.value(), props.path, id))}
        />
      </div>
      <TextField
        pointer={at('instructions')}
        label={t('Instructions')}
        rows={3}
        optional
        placeholder={t('What to do and what to check. Markdown.')}
      />
      <Dynamic component={stepFormOf(type()).Fields} path={props.path} />
      <ExpressionField
        pointer={at('when')}
        label={t('Condition')}
        optional
        stepPath={props.path}
        placeholder={t('Always')}
        help={t('The step is skipped unless this expression is true.')}
      />
      <Show when={defaultRole()}>
        {(role) => (
          <>
            <div class="grid grid-cols-3 gap-3.5 max-xl:grid-cols-2">
              <AssigneeField
                pointer={at('assignee')}
                label={t('Assignee')}
                stepPath={props.path}
                otherwise={t`Default: any ${roleWord(role())}`}
              />
              <DurationField
                pointer={at('due')}
                label={t('Due')}
                placeholder={t('No due date')}
                help={t('After the step opens, as in 4 h.')}
              />
              <DurationField
                pointer={at('reminder')}
                label={t('Reminder')}
                placeholder={t('None')}
                help={t('Before it is due.')}
              />
            </div>
            <ListField
              pointer={at('escalation')}
              label={t('Escalation')}
              one={t('escalation')}
              help={t('Reassigns an overdue step. Nothing is approved automatically.')}
              start={() => ({ after: 'PT1H', to: { role: 'tenant_admin' } })}
            >
              {(pointer) => (
                <div class="grid grid-cols-2 gap-1.5">
                  <DurationField pointer={`${pointer}/after`} label={t('Overdue by')} />
                  <AssigneeField pointer={`${pointer}/to`} label={t('Reassign to')} stepPath={props.path} />
                </div>
              )}
            </ListField>
            <Show when={stepFormOf(type()).canBeOptional !== false}>
              <SwitchField
                pointer={at('optional')}
                label={t('Optional')}
                help={t('People can skip it with a reason.')}
                optional
              />
            </Show>
          </>
        )}
      </Show>
    </div>
  );
}
