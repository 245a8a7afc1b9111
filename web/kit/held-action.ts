import { createSignal, onCleanup } from 'solid-js';

/** How long an action can be undone before it is sent. */
const undoMs = 5_000;

interface HeldAction {
  /** What is about to be done: "Check the account: completed". */
  label: string;
  /** When it is sent, in milliseconds since 1970. */
  until: number;
  release: (send: boolean) => void;
  sent: Promise<unknown>;
}

const [held, setHeld] = createSignal<HeldAction | null>(null);
const [places, setPlaces] = createSignal(0);

/** The action that can be undone now. It outlives the page that it was made on. */
export const heldAction = held;

/** Whether a part of the page shows the held action where it was made. */
export const isHeldInPlace = (): boolean => places() > 0;

/** The calling component shows the held action while it exists. */
export function showHeldInPlace(): void {
  setPlaces((count) => count + 1);
  onCleanup(() => setPlaces((count) => count - 1));
}

/**
 * Sends an action after five seconds, unless it is undone. A second action, or leaving the site, sends it at once.
 * @returns what `send` returns; undefined when the action was undone
 */
export function hold<T>(label: string, send: () => Promise<T>): Promise<T | undefined> {
  void sendHeld();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const { promise, resolve } = Promise.withResolvers<T | undefined>();
  const action: HeldAction = {
    label,
    until: Date.now() + undoMs,
    release: (go) => {
      clearTimeout(timer);
      setHeld(null);
      resolve(go ? send() : undefined);
    },
    sent: promise,
  };
  timer = setTimeout(() => action.release(true), undoMs);
  setHeld(action);
  return promise;
}

export const undoHeld = (): void => held()?.release(false);

/** Sends the held action now. @returns when the server has responded, whatever the response */
export async function sendHeld(): Promise<void> {
  const action = held();
  action?.release(true);
  await action?.sent.catch(() => {});
}

// Closing the tab loses nothing: a request that starts here outlives the page.
addEventListener('pagehide', () => void sendHeld());
