import { For, Show } from 'solid-js';
import type { ValueDiff } from '../../shared/platform/diff-json.ts';
import { rich, t } from '../words/words.ts';

const inShort = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What differs between two values, place by place. */
export const ValueChanges = (props: { label: string; diff: ValueDiff | null }) => (
  <Show when={props.diff}>
    {(diff) => (
      <div>
        <h4 class="font-medium text-sm">{props.label}</h4>
        <ul>
          <For each={diff().changes}>
            {(change) => (
              <li class="break-words py-0.5 font-mono text-sm">
                <span class="text-muted">{change.path || t('all of it')}</span>{' '}
                <Show when={'before' in change}>
                  <del class="text-failed">
                    <span class="sr-only">{t('before')} </span>
                    {inShort(change.before)}
                  </del>{' '}
                </Show>
                <Show when={'after' in change}>
                  <ins class="text-succeeded no-underline">
                    <span class="sr-only">{t('after')} </span>
                    {inShort(change.after)}
                  </ins>
                </Show>
              </li>
            )}
          </For>
          <Show when={diff().more > 0}>
            <li class="text-muted text-sm">{rich`and ${() => diff().more} more`}</li>
          </Show>
        </ul>
      </div>
    )}
  </Show>
);
