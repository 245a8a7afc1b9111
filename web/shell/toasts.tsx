import { X } from 'lucide-solid';
import { createSignal, For, Show } from 'solid-js';
import { toApiError } from '../api/api-error.ts';
import { t } from '../words/words.ts';

interface Toast {
  id: number;
  tone: 'plain' | 'failed';
  message: string;
  detail?: string | undefined;
  action?: { label: string; run: () => void } | undefined;
}

const [toasts, setToasts] = createSignal<readonly Toast[]>([]);
let lastId = 0;
const dismiss = (id: number) => setToasts((all) => all.filter((toast) => toast.id !== id));

function show(toast: Omit<Toast, 'id'>, ms: number): void {
  const id = ++lastId;
  setToasts((all) => [...all.slice(-3), { ...toast, id }]);
  setTimeout(() => dismiss(id), ms);
}

/** Confirms what was done. */
export const toast = (message: string, action?: Toast['action']): void =>
  show({ tone: 'plain', message, action }, 5_000);

/** Reports what was not done, and why: `toastError('The tool was not disabled', error)`. */
export function toastError(message: string, error: unknown): void {
  const { message: why, requestId } = toApiError(error);
  show({ tone: 'failed', message, detail: requestId ? t`${why} (request ID ${requestId})` : why }, 12_000);
}

/** The place where toasts appear; once per page. */
export function Toasts() {
  return (
    <section
      aria-label={t('Messages')}
      aria-live="polite"
      // An open dialog must not hide the toasts from screen readers.
      data-kb-top-layer
      class="pointer-events-none fixed right-4 bottom-4 z-60 flex w-90 max-sm:right-2 max-sm:bottom-16 max-sm:w-[calc(100vw-16px)] flex-col gap-2"
    >
      <For each={toasts()}>
        {(each) => (
          <div class="pointer-events-auto flex items-start gap-3 rounded-md border bg-raised py-2 pr-2 pl-3 shadow-float">
            <div class="min-w-0 flex-1">
              <p classList={{ 'text-failed': each.tone === 'failed' }} class="font-medium">
                {each.message}
              </p>
              <Show when={each.detail}>
                <p class="text-sm break-words text-muted">{each.detail}</p>
              </Show>
            </div>
            <Show when={each.action}>
              {(action) => (
                <button
                  type="button"
                  class="font-medium text-accent hover:text-accent-hover"
                  onClick={() => {
                    action().run();
                    dismiss(each.id);
                  }}
                >
                  {action().label}
                </button>
              )}
            </Show>
            <button
              type="button"
              aria-label={t('Dismiss')}
              onClick={() => dismiss(each.id)}
              class="inline-flex size-5 items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-text"
            >
              <X size={12} aria-hidden="true" />
            </button>
          </div>
        )}
      </For>
    </section>
  );
}
