import { createMemo, For, type JSX } from 'solid-js';
import { createRowWindow } from './row-window.ts';

/** Lines of 18 px or more, of which only those around the screen are in the document. */
export function LongLines<Line>(props: {
  lines: readonly Line[];
  children: (line: Line) => JSX.Element;
  /** What scrolls is around this element. Default: around the lines. */
  within?: () => HTMLElement;
  class?: string;
}) {
  let body!: HTMLDivElement;
  const shown = createRowWindow({
    body: () => body,
    ...(props.within && { within: props.within }),
    count: () => props.lines.length,
    rowHeight: () => 18,
  });
  // Equal lines are told apart by their place.
  const numbers = createMemo(() =>
    Array.from({ length: shown.end() - shown.start() }, (_, index) => shown.start() + index),
  );
  return (
    <div ref={body} class={props.class}>
      <div class="[overflow-anchor:none]" style={{ height: `${shown.above()}px` }} />
      <For each={numbers()}>
        {(row) => <div data-row={row}>{props.children(props.lines[row] as Line)}</div>}
      </For>
      <div class="[overflow-anchor:none]" style={{ height: `${shown.below()}px` }} />
    </div>
  );
}
