import { Undo2 } from 'lucide-solid';
import { Show } from 'solid-js';
import { useActions } from '../kit/actions.ts';
import { Button } from '../kit/button.tsx';
import { heldAction, isHeldInPlace, undoHeld } from '../kit/held-action.ts';
import { SecondsLeft } from '../kit/seconds-left.tsx';
import { t } from '../words/words.ts';

/** The action that can still be undone, after its page was left; and its keys, on every page. */
export function HeldBar() {
  useActions(() =>
    heldAction()
      ? [
          { id: 'held:undo', label: t('Undo'), keys: 'u', group: 'General', run: undoHeld },
          {
            id: 'held:undo-too',
            label: t('Undo'),
            keys: 'mod+z',
            group: 'General',
            inPalette: false,
            run: undoHeld,
          },
        ]
      : [],
  );
  return (
    <section
      aria-label={t('Can be undone')}
      aria-live="polite"
      class="fixed bottom-4 max-sm:bottom-16 max-sm:w-max max-sm:max-w-[calc(100vw-16px)] left-1/2 z-60 -translate-x-1/2"
    >
      <Show when={!isHeldInPlace() && heldAction()}>
        {(action) => (
          <div class="flex items-center gap-3 rounded-md border bg-raised py-1.5 pr-2 pl-3 shadow-float">
            <span>
              {action().label}. <SecondsLeft until={action().until} before={t('Will be sent in')} />
            </span>
            <Button icon={Undo2} keys="u" onClick={undoHeld}>
              {t('Undo')}
            </Button>
          </div>
        )}
      </Show>
    </section>
  );
}
