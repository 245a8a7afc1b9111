import { type JSX, Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { Button } from '../button.tsx';

/** The filters below a list's title. */
export function FilterBar(props: {
  children: JSX.Element;
  active: boolean;
  onClear: () => void;
  aside?: JSX.Element;
}) {
  return (
    <search aria-label={t('Filters')} class="flex flex-wrap items-center gap-1.5 px-6 pb-2.5 max-sm:px-4">
      {props.children}
      <Show when={props.active}>
        <Button variant="quiet" onClick={() => props.onClear()}>
          {t('Clear filters')}
        </Button>
      </Show>
      <div class="ml-auto text-faint text-sm empty:hidden">{props.aside}</div>
    </search>
  );
}
