import { createMemo, For, Show } from 'solid-js';
import { roles } from '../../../../shared/identity/roles.ts';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Bound, type BoundProps } from '../../../kit/document-form/bound-fields.tsx';
import { inputClass } from '../../../kit/field.tsx';
import { roleWord } from '../../../shell/role-words.ts';
import { t } from '../../../words/words.ts';
import { useEditor } from './editor-state.ts';
import { ExpressionInput } from './expression-input.tsx';

const byExpression = 'expression';

/** A role, a person, or the person an expression returns. */
export function AssigneeField(
  props: BoundProps & {
    stepPath: string;
    /** The words for no assignee, as in "Any operator"; without them an assignee is required. */
    otherwise?: string;
  },
) {
  const editor = useEditor();
  const members = useQuery(() => queries.members.list());
  const people = () => (members.isSuccess ? members.data.items : []);
  const user = () => editor.text(`${props.pointer}/user`);
  const choice = createMemo(() => {
    const value = editor.at(props.pointer);
    if (!isObject(value)) return '';
    if (typeof value.role === 'string') return `role:${value.role}`;
    return people().some(({ email }) => email === user()) ? `user:${user()}` : byExpression;
  });
  const choose = (next: string) => {
    const [kind, rest] = [next.slice(0, next.indexOf(':')), next.slice(next.indexOf(':') + 1)];
    if (next === '') editor.set(props.pointer, undefined);
    else if (next === byExpression) editor.set(props.pointer, { user: '' });
    else editor.set(props.pointer, kind === 'role' ? { role: rest } : { user: rest });
  };
  return (
    <Bound {...props} deep>
      {(input) => (
        <div class="flex flex-col gap-1.5">
          <select {...input} class={inputClass} onChange={(event) => choose(event.currentTarget.value)}>
            <Show when={props.otherwise}>
              <option value="" selected={choice() === ''}>
                {props.otherwise}
              </option>
            </Show>
            <optgroup label={t('Role')}>
              <For each={roles.filter((role) => role !== 'platform_admin')}>
                {(role) => (
                  <option value={`role:${role}`} selected={choice() === `role:${role}`}>
                    {t`Any ${roleWord(role)}`}
                  </option>
                )}
              </For>
            </optgroup>
            <optgroup label={t('Person')}>
              <For each={people()}>
                {(person) => (
                  <option value={`user:${person.email}`} selected={choice() === `user:${person.email}`}>
                    {person.name}
                  </option>
                )}
              </For>
              <option value={byExpression} selected={choice() === byExpression}>
                {t('Someone else, by email or expression')}
              </option>
            </optgroup>
          </select>
          <Show when={choice() === byExpression}>
            <ExpressionInput
              label={t('Email address, or an expression that returns one')}
              value={user()}
              onInput={(text) => editor.set(`${props.pointer}/user`, text)}
              mode="template"
              stepPath={props.stepPath}
              placeholder={'ana@acme.test or ${{ exception.attributes.owner }}'}
            />
          </Show>
        </div>
      )}
    </Bound>
  );
}
