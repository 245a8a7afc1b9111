import { For } from 'solid-js';

/** Grey bars in place of text that is loading. They do not move: on these pages only running work is animated. */
export function SkeletonLines(props: { lines?: number; class?: string }) {
  const widths = ['62%', '84%', '48%', '71%', '56%', '78%'];
  return (
    <div class={`flex flex-col gap-3 ${props.class ?? ''}`} aria-hidden="true">
      <For each={Array.from({ length: props.lines ?? 4 })}>
        {(_, index) => (
          <div class="h-3 rounded-sm bg-hover" style={{ width: widths[index() % widths.length] }} />
        )}
      </For>
    </div>
  );
}
