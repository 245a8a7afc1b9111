import { Undo2 } from 'lucide-solid';
import { Show } from 'solid-js';
import { useActions } from '../../../../kit/actions.ts';
import { createArming } from '../../../../kit/arming.ts';
import { Button } from '../../../../kit/button.tsx';
import { heldAction, sendHeld, showHeldInPlace, undoHeld } from '../../../../kit/held-action.ts';
import { SecondsLeft } from '../../../../kit/seconds-left.tsx';
import { t } from '../../../../words/words.ts';

/** A decision that is not sent yet: undo it, or send it now. */
export function HeldStrip() {
  showHeldInPlace();
  const armed = createArming(() => heldAction()?.label);
  const send = () => {
    if (armed()) void sendHeld();
  };
  useActions(() => [{ id: 'held:send', label: t('Send now'), keys: 'enter', group: 'Page', run: send }]);
  return (
    <Show when={heldAction()}>
      {(action) => (
        <div
          // The pressed button is gone, and Enter must not press what was focused before.
          ref={(element) => queueMicrotask(() => element.focus({ preventScroll: true }))}
          tabindex="-1"
          role="status"
          class="flex flex-wrap items-center gap-2 rounded-md border bg-sunken px-3 py-2 outline-none"
        >
          <span class="min-w-0 flex-1">
            {action().label}. <span class="sr-only">{t('Not sent yet.')}</span>
            <SecondsLeft until={action().until} before={t('Will be sent in')} />
          </span>
          <Button icon={Undo2} keys="u" onClick={undoHeld}>
            {t('Undo')}
          </Button>
          <Button variant="quiet" keys="enter" armed={armed()} onClick={send}>
            {t('Send now')}
          </Button>
        </div>
      )}
    </Show>
  );
}
