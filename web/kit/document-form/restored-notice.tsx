import { Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { Button } from '../button.tsx';
import { useDocumentForm } from './document-form.ts';

/** Shows that unsaved changes were restored after a reload. */
export function RestoredNotice() {
  const form = useDocumentForm();
  return (
    <Show when={form.restored()}>
      <p class="flex shrink-0 items-center gap-3 border-b bg-sunken px-6 max-sm:px-4 py-1" role="status">
        {t('Your unsaved changes were restored.')}
        <Button variant="quiet" onClick={() => form.revert()}>
          {t('Discard them')}
        </Button>
      </p>
    </Show>
  );
}
