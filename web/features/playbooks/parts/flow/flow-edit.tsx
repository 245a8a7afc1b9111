import { ArrowDown, ArrowUp, CornerDownRight, Plus, Trash2 } from 'lucide-solid';
import { type JSX, Show } from 'solid-js';
import { Button } from '../../../../kit/button.tsx';
import type { Point } from '../../../../kit/graph/line-of.ts';
import { t } from '../../../../words/words.ts';
import type { Document } from '../outline.ts';
import { placeWords, stepTitle } from '../place-words.ts';
import type { StepPlace } from '../step-places.ts';
import type { Dragged } from './flow-drag.ts';

/** What can be done with the steps of a graph that is edited. Each change gives the path of the step to focus then. */
export interface FlowEdit {
  problems: (stepPath: string) => number;
  /** Why a step cannot be moved to a place; null: it can. */
  refused: (stepPath: string, place: StepPlace) => string | null;
  /** What would be wrong there; null: nothing. */
  warning: (stepPath: string, place: StepPlace) => string | null;
  moveTo: (stepPath: string, place: StepPlace) => string | null;
  moveBy: (stepPath: string, by: -1 | 1) => string | null;
  remove: (stepPath: string) => string | null;
  /** Asks for the place, and gives it. */
  askPlace: (stepPath: string, onPlace: (place: StepPlace) => void) => void;
  /** A button that adds a step at a place; its menu opens at once. */
  AddStep: (props: { place: StepPlace; words: string; onClose: () => void }) => JSX.Element;
}

/** Buttons for the step that has the focus: the same as its keys, for fingers. */
export function FlowTools(props: {
  title: string | undefined;
  onMoveBy: (by: -1 | 1) => void;
  onAsk: () => void;
  onRemove: () => void;
}) {
  return (
    <Show
      when={props.title}
      fallback={<p class="text-muted text-sm">{t('Drag a step to move it, or choose one.')}</p>}
    >
      {(title) => (
        <>
          <Button
            variant="quiet"
            iconOnly
            icon={ArrowUp}
            title={t('Move up (Alt ↑)')}
            aria-label={t`Move ${title()} up`}
            onClick={() => props.onMoveBy(-1)}
          />
          <Button
            variant="quiet"
            iconOnly
            icon={ArrowDown}
            title={t('Move down (Alt ↓)')}
            aria-label={t`Move ${title()} down`}
            onClick={() => props.onMoveBy(1)}
          />
          <Button
            variant="quiet"
            icon={CornerDownRight}
            title={t('Move to… (M)')}
            onClick={() => props.onAsk()}
          >
            {t('Move to…')}
          </Button>
          <Button
            variant="quiet"
            iconOnly
            icon={Trash2}
            title={t('Remove (Del)')}
            aria-label={t`Remove ${title()}`}
            onClick={() => props.onRemove()}
          />
        </>
      )}
    </Show>
  );
}

/** What is dragged, and what dropping it would do. */
export function Ghost(props: { document: Document; dragged: Dragged; edit: FlowEdit }) {
  const refused = () => {
    const { path, place } = props.dragged;
    return place && props.edit.refused(path, place);
  };
  const warning = () => {
    const { path, place } = props.dragged;
    return place && !refused() ? props.edit.warning(path, place) : null;
  };
  return (
    <div
      data-dragged
      class="pointer-events-none fixed z-50 max-w-64 rounded-md border bg-raised px-2.5 py-1.5 shadow-float"
      style={{
        left: `${Math.min(props.dragged.clientX + 14, window.innerWidth - 264)}px`,
        top: `${props.dragged.clientY + 14}px`,
      }}
    >
      <p class="truncate font-medium">{stepTitle(props.document, props.dragged.path)}</p>
      <Show
        when={props.dragged.place}
        fallback={<p class="text-muted text-sm">{t('Drag it to a place. Esc cancels.')}</p>}
      >
        {(place) => (
          <p
            class="text-sm"
            classList={{
              'text-failed': !!refused(),
              'text-waiting': !!warning(),
              'text-muted': !refused() && !warning(),
            }}
          >
            {refused() || warning() || placeWords(props.document, place())}
          </p>
        )}
      </Show>
    </div>
  );
}

/** On a line: adds a step there. */
export function AddHere(props: {
  edit: FlowEdit;
  place: StepPlace & Point;
  words: string;
  isOpen: boolean;
  onOpen: (open: boolean) => void;
}) {
  const AddStep = props.edit.AddStep;
  return (
    <span
      class="-translate-1/2 absolute flex"
      style={{ left: `${props.place.x}px`, top: `${props.place.y}px` }}
    >
      <Show
        when={props.isOpen}
        fallback={
          <button
            type="button"
            tabindex="-1"
            aria-label={t`Add a step ${props.words}`}
            title={t`Add a step ${props.words}`}
            class={addClass}
            onClick={() => props.onOpen(true)}
          >
            <Plus size={11} aria-hidden="true" />
          </button>
        }
      >
        <AddStep place={props.place} words={props.words} onClose={() => props.onOpen(false)} />
      </Show>
    </span>
  );
}

export const addClass =
  'flex size-4.5 min-h-0! min-w-0! items-center justify-center rounded-full border border-line-strong bg-bg text-muted pointer-coarse:size-6 hover:border-accent hover:text-accent';
