import { Show } from 'solid-js';
import { rich, t } from '../words/words.ts';
import { useActions } from './actions.ts';
import { Button } from './button.tsx';
import { RelativeTime } from './relative-time.tsx';

interface SaveRowProps {
  mayWrite: boolean;
  /** Who may, for those who may not: "tenant admins". */
  writers: string;
  busy: boolean;
  changed: boolean;
  /** What is changed cannot be saved as it is. */
  invalid?: boolean;
  onDiscard(): void;
  /** Both null: never. */
  changedAt: string | null;
  changedBy: { name: string } | null;
}

/** The end of a form with settings: saves, discards, and says who changed them last. */
export function SaveRow(props: SaveRowProps) {
  let row: HTMLDivElement | undefined;
  const savable = () => props.mayWrite && props.changed && !props.invalid && !props.busy;
  useActions(() =>
    savable()
      ? [
          {
            id: 'form:save',
            label: t('Save'),
            keys: 'mod+s',
            group: 'Page',
            inInputs: true,
            run: () => row?.closest('form')?.requestSubmit(),
          },
        ]
      : [],
  );
  return (
    <Show
      when={props.mayWrite}
      fallback={<p class="text-faint text-sm">{rich`Only ${() => props.writers} can change this.`}</p>}
    >
      <div ref={row} class="flex flex-wrap items-center gap-2">
        <Button
          type="submit"
          keys="mod+s"
          variant="primary"
          busy={props.busy}
          disabled={!props.changed || Boolean(props.invalid)}
        >
          {t('Save')}
        </Button>
        <Show when={props.changed}>
          <Button variant="quiet" onClick={props.onDiscard}>
            {t('Discard changes')}
          </Button>
        </Show>
        <Show when={props.changedAt}>
          {(at) => (
            <span class="text-faint text-sm">
              {rich`Changed by ${() => props.changedBy?.name} ${<RelativeTime at={at()} />}`}
            </span>
          )}
        </Show>
      </div>
    </Show>
  );
}
