import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup, onMount } from 'solid-js';
import { blockRows, blocksBetween, rowAt, topOf } from './row-heights.ts';

/** Up to so many rows are all in the document, where the browser finds every text. */
const allUpTo = 300;
/** After so many milliseconds without a jump, what is around the screen is drawn too. */
const stillAfter = 80;

/** The part of a long list of rows or lines that is in the document: what is on the screen, and a screen above and below. */
export interface RowWindow {
  /** The first row that is in the document, and the first one after them. */
  start: Accessor<number>;
  end: Accessor<number>;
  /** The room of the others, in pixels. */
  above: Accessor<number>;
  below: Accessor<number>;
  /** Scrolls to a row, and lays it out. */
  reveal: (index: number) => void;
}

export function createRowWindow(options: {
  /** What the rows are in. Each says its number in `data-row`. */
  body: () => HTMLElement;
  /** What scrolls is around it. Default: around `body`. */
  within?: () => HTMLElement;
  /** How many rows there are, in memory or not. */
  count: Accessor<number>;
  rowHeight: Accessor<number>;
  /** Gets the rows on the screen whenever a person scrolls. */
  onShow?: (first: number, last: number) => void;
}): RowWindow {
  const { count } = options;
  const measured = new Map<number, number>();
  const [changes, setChanges] = createSignal(0);
  const [estimate, setEstimate] = createSignal(options.rowHeight());
  const heights = () => {
    changes();
    return { estimate: estimate(), measured };
  };
  const [range, setRange] = createSignal(
    { start: 0, end: allUpTo },
    { equals: (a, b) => a.start === b.start && a.end === b.end },
  );
  const whole = () => count() <= allUpTo;
  const start = createMemo(() => (whole() ? 0 : Math.min(range().start, count())));
  const end = createMemo(() => (whole() ? count() : Math.min(range().end, count())));
  let scroller: HTMLElement | null = null;

  const { body } = options;
  const viewTop = () => scroller!.getBoundingClientRect().top - body().getBoundingClientRect().top;

  let lastTop: number | undefined;
  let still: ReturnType<typeof setTimeout> | undefined;

  /** @returns what is on the screen, in pixels of the list */
  function follow(): { top: number; bottom: number } | undefined {
    if (!scroller) return undefined;
    // Everything is read before anything is written: the browser lays out once in a frame.
    const height = scroller.clientHeight;
    const top = viewTop();
    const seen = { top, bottom: top + height };
    if (whole()) return seen;
    measure();
    // Who drags through everything sees each row for a frame: only those on the screen are drawn until that ends.
    if (lastTop !== undefined && Math.abs(top - lastTop) > height) {
      clearTimeout(still);
      still = setTimeout(() => {
        still = undefined;
        follow();
      }, stillAfter);
    }
    lastTop = top;
    if (still !== undefined) {
      const [first, last] = [top, seen.bottom].map((at) => rowAt(heights(), count(), at)) as [number, number];
      setRange({ start: first, end: last + 1 });
      return seen;
    }
    const room = Math.max(600, height);
    const { first, last } = blocksBetween(heights(), count(), {
      top: top - room,
      bottom: seen.bottom + room,
    });
    setRange({ start: first * blockRows, end: (last + 1) * blockRows });
    return seen;
  }

  /** Rows of a phone differ in height, and so do rows in another font. */
  function measure(): void {
    const tops = new Map<number, number>();
    let bottom = 0;
    const rows = body().querySelectorAll<HTMLElement>('[data-row]');
    for (const row of rows) {
      const index = Number(row.dataset.row);
      if (index % blockRows === 0 || tops.size === 0) tops.set(index, row.getBoundingClientRect().top);
    }
    const last = rows[rows.length - 1];
    if (!last) return;
    bottom = last.getBoundingClientRect().bottom;
    let changed = false;
    const known = [...tops];
    for (const [at, [index, top]] of known.entries()) {
      const rest = rows.length - (index - known[0]![0]);
      // Only whole blocks say what a block takes.
      if (index % blockRows !== 0 || rest < blockRows) continue;
      const height = (known[at + 1]?.[1] ?? bottom) - top;
      const block = index / blockRows;
      if (Math.abs((measured.get(block) ?? blockRows * estimate()) - height) < 0.5) continue;
      if (measured.size === 0) setEstimate(height / blockRows);
      measured.set(block, height);
      changed = true;
    }
    if (changed) setChanges((before) => before + 1);
  }

  const onScroll = () => {
    const seen = follow();
    if (!options.onShow || !seen) return;
    const { first, last } = blocksBetween(heights(), count(), seen);
    options.onShow(first * blockRows, Math.min(count(), (last + 1) * blockRows));
  };

  onMount(() => {
    scroller = scrollParent(options.within?.() ?? body());
    const target = scroller === document.documentElement ? window : scroller;
    target.addEventListener('scroll', onScroll, { passive: true });
    // Another width is another height of rows, and maybe another font.
    let width = body().clientWidth;
    const sizes = new ResizeObserver(() => {
      const now = body().clientWidth;
      if (now !== width) {
        measured.clear();
        width = now;
      }
      follow();
    });
    sizes.observe(scroller);
    sizes.observe(body());
    follow();
    onCleanup(() => {
      clearTimeout(still);
      target.removeEventListener('scroll', onScroll);
      sizes.disconnect();
    });
  });
  createEffect(
    on(
      options.rowHeight,
      (height) => {
        measured.clear();
        setEstimate(height);
        follow();
      },
      { defer: true },
    ),
  );
  // More or fewer rows are another height: `sizes` follows then, once the browser has laid them out anyway.

  return {
    start,
    end,
    above: createMemo(() => (start() === 0 ? 0 : topOf(heights(), start()))),
    below: createMemo(() => (end() >= count() ? 0 : topOf(heights(), count()) - topOf(heights(), end()))),
    reveal(index) {
      if (!scroller || (index >= start() && index < end())) return;
      const by = topOf(heights(), index) - viewTop() - scroller.clientHeight / 2;
      scroller.scrollTop += by;
      follow();
    },
  };
}

function scrollParent(element: HTMLElement): HTMLElement {
  for (let at = element.parentElement; at; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  return document.documentElement;
}
