import { createEffect, createSignal, on } from 'solid-js';

/** A live page does not talk all the time: of what comes meanwhile, the last is said. */
const pauseMs = 10_000;
/** A title often changes once more, when the row of the page has come. */
const restMs = 250;

const [title, setTitle] = createSignal('');
const [news, setNews] = createSignal('');
/** The path of the first page. */
const first = globalThis.location?.pathname;
let hasLeft = false;
let titleTimer: ReturnType<typeof setTimeout> | undefined;
let newsTimer: ReturnType<typeof setTimeout> | undefined;
let next = '';
let saidAt = Number.NEGATIVE_INFINITY;

/** Says the title of the page that one has come to. Of the first page the browser says it. */
export function announcePage(text: string): void {
  hasLeft ||= location.pathname !== first;
  clearTimeout(titleTimer);
  if (hasLeft) titleTimer = setTimeout(() => setTitle(text), restMs);
}

/** Says what has changed, once the person is not spoken to. */
export function announce(text: string): void {
  next = text;
  if (newsTimer) return;
  newsTimer = setTimeout(
    () => {
      newsTimer = undefined;
      saidAt = performance.now();
      // The same text again is a change too.
      setNews((before) => (before === next ? `${next}\u00a0` : next));
    },
    Math.max(restMs, saidAt + pauseMs - performance.now()),
  );
}

/** Says a text that changes by itself, such as a status; not the one that was there when the page came. */
export function announceChanges(text: () => string | undefined): void {
  createEffect(
    on(text, (now, before) => {
      if (now && before && now !== before) announce(now);
    }),
  );
}

/** What screen readers say without moving the focus. */
export const Announcer = () => (
  <div class="sr-only" data-announcer data-kb-top-layer>
    <p aria-live="polite">{title()}</p>
    <p aria-live="polite">{news()}</p>
  </div>
);
