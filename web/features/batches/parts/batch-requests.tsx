import { createSignal, For, Show } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { formatList } from '../../../kit/format.ts';
import { said } from '../../../words/said.ts';
import { counted, t } from '../../../words/words.ts';
import { RequestView } from '../../tools/parts/request-view.tsx';

export type BatchPreview = Outputs['batches']['check'];
type Shown = NonNullable<BatchPreview['calls'][number]['preview']>;

const shownAtOnce = 50;

/** Every request of a batch, each opened by a click. */
export function BatchRequests(props: { preview: BatchPreview }) {
  const [room, setRoom] = createSignal(shownAtOnce);
  const counts = () => props.preview.counts;
  const tools = () => [...new Set(props.preview.calls.map(({ toolName }) => toolName))];
  return (
    <>
      <p class="pb-3">
        {counted(
          counts().total,
          '{0} call of {1}.|{0} calls of {1}.',
          formatList([...tools().slice(0, 5), ...(tools().length > 5 ? [t('others')] : [])]),
        )}{' '}
        <Show when={counts().approvals > 0}>
          {counted(
            counts().approvals,
            '{0} of them waits for an approval.|{0} of them wait for an approval.',
          )}{' '}
        </Show>
        <Show when={counts().later > 0}>
          {counted(
            counts().later,
            '{0} depends on the results of others.|{0} depend on the results of others.',
          )}{' '}
        </Show>
        {t('Nothing was sent yet.')}
      </p>
      <ul class="pb-3 text-muted">
        <For each={undoWords(props.preview)}>{(words) => <li>{words}</li>}</For>
      </ul>
      <ul class="flex max-w-220 flex-col">
        <For each={props.preview.calls.slice(0, room())}>
          {(call) => (
            <li class="border-b py-1.5">
              <Show
                when={call.preview}
                fallback={
                  <p>
                    <span class="font-mono text-sm">{call.id}</span>{' '}
                    <span class="text-muted text-sm">
                      {call.needs.length > 0
                        ? t`${call.toolName}, known after ${formatList(call.needs)}`
                        : t`${call.toolName}, known when it begins`}
                    </span>
                  </p>
                }
              >
                {(preview) => (
                  <details>
                    <summary class="cursor-pointer">
                      <span class="font-mono text-sm">{call.id}</span>{' '}
                      <span class="break-all text-muted text-sm">{summaryOf(preview())}</span>
                    </summary>
                    <div class="py-2 pl-4">
                      <RequestView
                        preview={{ ...preview(), toolId: call.toolId, toolVersion: call.toolVersion }}
                      />
                    </div>
                  </details>
                )}
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.preview.calls.length > room()}>
        <div class="pt-3">
          <Button
            onClick={() => setRoom((before) => before + shownAtOnce)}
          >{t`Show more (${props.preview.calls.length - room()} left)`}</Button>
        </div>
      </Show>
    </>
  );
}

/** What can be undone of each tool. */
const undoWords = ({ calls }: BatchPreview): string[] => {
  const byTool = new Map(calls.map(({ toolName, undo }) => [toolName, said(undo.words)]));
  return [...byTool].map(([tool, words]) => `${tool}: ${words}`);
};

const summaryOf = ({ request: { method, url, body } }: Shown): string =>
  `${method} ${url} ${body === undefined ? '' : JSON.stringify(body)}`.slice(0, 200);
