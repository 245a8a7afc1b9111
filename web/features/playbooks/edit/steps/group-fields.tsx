import { ArrowDown, ArrowUp, Plus, X } from 'lucide-solid';
import { Index, Show } from 'solid-js';
import { Button } from '../../../../kit/button.tsx';
import { nameFromTitle } from '../../../../kit/document-form/name-from-title.ts';
import { inputClass } from '../../../../kit/field.tsx';
import { moveItem } from '../../../../kit/schema-form/json-edit.ts';
import { rich, t } from '../../../../words/words.ts';
import { type GroupKey, groupsAt } from '../../parts/outline.ts';
import { useEditor } from '../editor-state.ts';
import { freeGroupId } from '../step-ids.ts';

const groupWords: Record<GroupKey, { title: string; one: string; first: string }> = {
  options: { title: t('Options'), one: t('option'), first: t('Option') },
  branches: { title: t('Branches'), one: t('branch'), first: t('Branch') },
};

/** The options of a decision or the branches of a parallel step. Their steps are lines of the list. */
export function GroupFields(props: { path: string; of: GroupKey }) {
  const editor = useEditor();
  const words = () => groupWords[props.of];
  const at = () => `${props.path}/${props.of}`;
  const groups = () => groupsAt(editor.value(), props.path);
  const items = (): unknown[] => {
    const list = editor.at(at());
    return Array.isArray(list) ? list : [];
  };
  const rename = (index: number, title: string) => {
    const group = groups()[index];
    if (!group) return;
    const follows = group.id === nameFromTitle(group.title) || group.id === '';
    editor.set(`${group.path}/title`, title);
    if (follows && nameFromTitle(title) !== '') editor.set(`${group.path}/id`, nameFromTitle(title));
  };
  const add = () => {
    const title = `${words().first} ${items().length + 1}`;
    const group = { id: freeGroupId(editor.value(), props.path, title), title, steps: [] };
    editor.set(at(), [...items(), group]);
  };
  return (
    <fieldset class="min-w-0" data-pointer={at()}>
      <legend class="pb-1 font-medium text-sm">{words().title}</legend>
      <div class="flex flex-col gap-1.5">
        <Index each={groups()}>
          {(group, index) => (
            <div data-pointer={group().path} onFocusOut={() => editor.touch(group().path)}>
              <div class="flex items-center gap-1.5">
                <input
                  type="text"
                  aria-label={t`Title of ${words().one} ${index + 1}`}
                  value={group().title}
                  placeholder={t('Title')}
                  autocomplete="off"
                  onInput={(event) => rename(index, event.currentTarget.value)}
                  class={inputClass}
                />
                <input
                  type="text"
                  aria-label={t`ID of ${words().one} ${index + 1}`}
                  value={group().id}
                  placeholder="ID"
                  autocomplete="off"
                  spellcheck={false}
                  onInput={(event) => editor.set(`${group().path}/id`, event.currentTarget.value)}
                  class={`${inputClass} max-w-44 font-mono text-sm`}
                />
                <Show when={props.of === 'options'}>
                  <label class="flex h-7 shrink-0 items-center gap-1.5 text-muted text-sm">
                    <input
                      type="checkbox"
                      class="accent-accent-fill"
                      checked={group().end}
                      onChange={(event) =>
                        editor.set(`${group().path}/end`, event.currentTarget.checked ? true : undefined)
                      }
                    />
                    {t('ends here')}
                  </label>
                </Show>
                <Button
                  variant="quiet"
                  iconOnly
                  icon={ArrowUp}
                  disabled={index === 0}
                  aria-label={t`Move ${words().one} ${index + 1} up`}
                  onClick={() => editor.set(at(), moveItem(items(), index, -1))}
                />
                <Button
                  variant="quiet"
                  iconOnly
                  icon={ArrowDown}
                  disabled={index === items().length - 1}
                  aria-label={t`Move ${words().one} ${index + 1} down`}
                  onClick={() => editor.set(at(), moveItem(items(), index, 1))}
                />
                <Button
                  variant="quiet"
                  iconOnly
                  icon={X}
                  disabled={items().length <= 2}
                  title={items().length <= 2 ? t('At least two are needed') : t('Remove with its steps')}
                  aria-label={t`Remove ${words().one} ${index + 1}`}
                  onClick={() =>
                    editor.set(
                      at(),
                      items().filter((_, each) => each !== index),
                    )
                  }
                />
              </div>
              <Show
                when={
                  editor.error(group().path) ??
                  editor.error(`${group().path}/title`) ??
                  editor.error(`${group().path}/id`)
                }
              >
                {(error) => <p class="pt-0.5 text-failed text-sm">{error()}</p>}
              </Show>
            </div>
          )}
        </Index>
        <Button icon={Plus} class="self-start" onClick={add}>
          {rich`Add ${() => words().one}`}
        </Button>
        <Show when={editor.error(at())}>{(error) => <p class="text-failed text-sm">{error()}</p>}</Show>
      </div>
    </fieldset>
  );
}
