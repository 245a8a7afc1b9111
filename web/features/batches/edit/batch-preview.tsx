import { createSignal, For, Show } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { Section } from '../../../kit/page-header.tsx';
import { RequestView } from '../../tools/parts/request-view.tsx';

type Preview = Outputs['batches']['check'];
type Shown = NonNullable<Preview['calls'][number]['preview']>;

const shownAtOnce = 50;

/** Every request of a batch, each opened by a click, and the button that sends them. */
export function BatchPreview(props: { preview: Preview; busy: boolean; onStart: () => void }) {
  const [room, setRoom] = createSignal(shownAtOnce);
  const counts = () => props.preview.counts;
  return (
    <Section title="Preview">
      <p class="pb-3">
        {counts().total === 1 ? '1 call' : `${counts().total} calls`} of {props.preview.calls[0]?.toolName}.{' '}
        <Show when={counts().approvals > 0}>
          {counts().approvals} of them {counts().approvals === 1 ? 'waits' : 'wait'} for an approval.{' '}
        </Show>
        Nothing was sent yet.
      </p>
      <ul class="pb-3 text-muted">
        <For each={undoWords(props.preview)}>{(words) => <li>{words}</li>}</For>
      </ul>
      <ul class="flex max-w-220 flex-col">
        <For each={props.preview.calls.slice(0, room())}>
          {(call) => (
            <li class="border-b py-1.5">
              <Show when={call.preview}>
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
      <div class="flex flex-wrap gap-2 pt-3">
        <Show when={props.preview.calls.length > room()}>
          <Button onClick={() => setRoom((before) => before + shownAtOnce)}>
            Show more ({props.preview.calls.length - room()} left)
          </Button>
        </Show>
        <Button variant="primary" busy={props.busy} onClick={props.onStart}>
          Start {counts().total === 1 ? '1 call' : `${counts().total} calls`}
        </Button>
      </div>
    </Section>
  );
}

/** What can be undone of each tool. */
const undoWords = ({ calls }: Preview): string[] => {
  const byTool = new Map(calls.map(({ toolName, undo }) => [toolName, undo.words]));
  return [...byTool].map(([tool, words]) => `${tool}: ${words}`);
};

const summaryOf = ({ request: { method, url, body } }: Shown): string =>
  `${method} ${url} ${body === undefined ? '' : JSON.stringify(body)}`.slice(0, 200);
