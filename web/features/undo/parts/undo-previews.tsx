import { For, Show } from 'solid-js';
import { said } from '../../../words/said.ts';
import { rich, t } from '../../../words/words.ts';
import { RequestView } from '../../tools/parts/request-view.tsx';
import type { UndoSeriesPreview } from './undo-words.ts';

/** What would be undone, in this order, each with its exact request; and what stays, with the reason. */
export function UndoPreviews(props: { items: UndoSeriesPreview['items'] }) {
  return (
    <ol aria-label={t('What is undone, in this order')} class="flex flex-col">
      <For each={props.items}>
        {(item) => (
          <li class="border-b py-1.5">
            <Show
              when={item.possible && item.preview}
              fallback={
                <p>
                  <span class="font-medium">{item.label}</span> <span class="text-failed">{t('stays')}</span>
                  <span class="block text-muted text-sm">{said(item.reason)}</span>
                </p>
              }
            >
              {(preview) => (
                <details>
                  <summary class="cursor-pointer">
                    <span class="font-medium">{item.label}</span>{' '}
                    <span class="text-muted">{t`by ${item.by?.title}`}</span>
                    <Show when={item.undo.cannot}>
                      {(cannot) => (
                        <span class="block text-muted text-sm">{rich`What stays: ${cannot}`}</span>
                      )}
                    </Show>
                  </summary>
                  <div class="py-2 pl-4">
                    <RequestView preview={preview()} />
                  </div>
                </details>
              )}
            </Show>
          </li>
        )}
      </For>
    </ol>
  );
}
