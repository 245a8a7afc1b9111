import { For, Show } from 'solid-js';
import { type Action, groupWords } from '../kit/actions.ts';
import { Dialog } from '../kit/dialog.tsx';
import { KeyHint } from '../kit/key-hint.tsx';
import { t } from '../words/words.ts';

const groups: readonly Action['group'][] = ['Selection', 'Page', 'Go to', 'General'];

/** The keyboard shortcuts of the current page. */
export default function Help(props: { actions: readonly Action[]; onClose: () => void }) {
  const of = (group: Action['group']) =>
    props.actions.filter((action) => action.group === group && action.keys);
  return (
    <Dialog open onClose={props.onClose} title={t('Keyboard shortcuts')} width="480px">
      <div tabindex="0" class="flex flex-col gap-4 px-5 pb-5">
        <For each={groups}>
          {(group) => (
            <Show when={of(group).length > 0}>
              <section>
                <h3 class="label-caps pb-1">{groupWords[group]}</h3>
                <dl>
                  <For each={of(group)}>
                    {(action) => (
                      <div class="flex h-7 items-center justify-between border-b border-line last:border-b-0">
                        <dt>{action.label}</dt>
                        <dd class="flex items-center">
                          <span class="sr-only">{action.keys?.replaceAll('+', ' and ')}</span>
                          <KeyHint keys={action.keys ?? ''} />
                        </dd>
                      </div>
                    )}
                  </For>
                </dl>
              </section>
            </Show>
          )}
        </For>
      </div>
    </Dialog>
  );
}
