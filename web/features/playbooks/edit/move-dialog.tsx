import { createSignal, createUniqueId, For, Show } from 'solid-js';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { t } from '../../../words/words.ts';
import type { Document } from '../parts/outline.ts';
import { placeWords, stepTitle } from '../parts/place-words.ts';
import { keyOf, placesIn, type StepPlace } from '../parts/step-places.ts';
import { whyNotAt } from './move-step.ts';

/** Moves a step to a place that is chosen from a list. */
export function MoveDialog(props: {
  document: Document;
  path: string;
  warning: (place: StepPlace) => string | null;
  onMove: (place: StepPlace) => void;
  onClose: () => void;
}) {
  const id = createUniqueId();
  const places = placesIn(props.document).filter((place) => whyNotAt(props.path, place) === null);
  const [chosen, setChosen] = createSignal(places[0]);
  const warning = () => {
    const place = chosen();
    return place && props.warning(place);
  };
  const words = (place: StepPlace) => {
    const depth = place.listPath.split('/').filter((part) => part === 'steps').length - 1;
    const text = placeWords(props.document, place);
    return `${'\u2003'.repeat(depth)}${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  };
  return (
    <FormDialog
      title={t`Move ${stepTitle(props.document, props.path)}`}
      verb={t('Move')}
      ready={chosen() !== undefined}
      failed={t('The step was not moved.')}
      send={async () => {
        const place = chosen();
        props.onClose();
        // The dialog gives the focus back first.
        if (place) setTimeout(() => props.onMove(place), 50);
      }}
      onClose={props.onClose}
    >
      {() => (
        <div class="flex flex-col gap-1">
          <label for={id} class="font-medium">
            {t('Position')}
          </label>
          <select
            id={id}
            size={Math.min(12, Math.max(2, places.length))}
            class="rounded-md border border-line-strong bg-bg px-2 py-1"
            onChange={(event) => setChosen(places[event.currentTarget.selectedIndex])}
          >
            <For each={places}>
              {(place, index) => (
                <option value={keyOf(place)} selected={index() === 0}>
                  {words(place)}
                </option>
              )}
            </For>
          </select>
          <p class="min-h-5 text-sm text-waiting" role="status">
            <Show when={warning()}>{(text) => text()}</Show>
          </p>
        </div>
      )}
    </FormDialog>
  );
}
