import { createMemo, For, Show } from 'solid-js';
import { Status } from '../../../kit/status.tsx';
import { rich, t } from '../../../words/words.ts';
import { type BatchCall, callShown } from '../parts/batch-words.ts';

/** Larger graphs are read in the table. */
const mostCalls = 100;

/** The calls in columns: each stands after everything that it waits for, and names it. */
export function BatchGraph(props: { calls: readonly BatchCall[] }) {
  const layers = createMemo(() => layersOf(props.calls));
  return (
    <Show
      when={props.calls.length <= mostCalls}
      fallback={
        <p class="text-muted">{rich`A graph of more than ${mostCalls} calls is shown as a table only.`}</p>
      }
    >
      <section aria-label={t('Graph of calls')} tabindex="0" class="overflow-x-auto pb-1">
        <ol class="flex w-max gap-6">
          <For each={layers()}>
            {(layer, index) => (
              <li>
                <ul aria-label={t`Step ${index() + 1}`} class="flex flex-col gap-2">
                  <For each={layer}>
                    {(call) => (
                      <li class="w-52 rounded-md border px-2.5 py-2">
                        <p class="truncate font-mono text-sm" title={call.toolName}>
                          {call.id}
                        </p>
                        <p class="truncate text-muted text-sm">{call.toolName}</p>
                        <Status {...callShown[call.status]} />
                        <Show when={call.needs.length > 0}>
                          <p class="truncate text-faint text-sm" title={call.needs.join(', ')}>
                            {t`after ${call.needs.join(', ')}`}
                          </p>
                        </Show>
                      </li>
                    )}
                  </For>
                </ul>
              </li>
            )}
          </For>
        </ol>
      </section>
    </Show>
  );
}

/** A call stands one column after the last of those that it waits for. */
function layersOf(calls: readonly BatchCall[]): BatchCall[][] {
  const depths = new Map<string, number>();
  const left = new Set(calls);
  while (left.size > 0) {
    const before = left.size;
    for (const call of left) {
      if (!call.needs.every((id) => depths.has(id))) continue;
      depths.set(call.id, Math.max(-1, ...call.needs.map((id) => depths.get(id)!)) + 1);
      left.delete(call);
    }
    // It has no circle, or it would not have been accepted.
    if (left.size === before) break;
  }
  const layers: BatchCall[][] = [];
  for (const call of calls) {
    const depth = depths.get(call.id) ?? 0;
    layers[depth] = [...(layers[depth] ?? []), call];
  }
  return layers;
}
