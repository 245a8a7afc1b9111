import type { StepType } from '../../../../shared/playbooks/steps/registry.ts';
import { focusPointer } from '../../../kit/schema-form/form-context.ts';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { groupsAt, stepAt, stepPaths, stepsIn, textOf } from '../parts/outline.ts';
import { aroundList, splitPath } from '../parts/step-places.ts';
import type { PlaybookEditor } from './editor-state.ts';
import { insertStep, moveStep, type Placed, removeStep } from './move-step.ts';
import { newStep } from './new-step.ts';
import { copyStep, usedIds } from './step-ids.ts';

/** The line of a step: the button that opens it. */
const lineOf = (root: HTMLElement | undefined, path: string) =>
  root?.querySelector<HTMLElement>(`[data-step="${CSS.escape(path)}"]`);

/** Runs after the menu has closed, because closing moves the focus back to the button of the menu. */
function later(run: () => void, tries = 60): void {
  if (tries > 0 && document.querySelector('[role="menu"]'))
    requestAnimationFrame(() => later(run, tries - 1));
  else setTimeout(run, 20);
}

/** What people can do with the steps of the list; the focus follows. @param root the element around the list */
export function createStepActions(editor: PlaybookEditor, root: () => HTMLElement | undefined) {
  const focusLine = (path: string | undefined) => {
    const line = path === undefined ? undefined : lineOf(root(), path);
    line?.focus({ preventScroll: true });
    line?.scrollIntoView({ block: 'nearest' });
  };
  const focusField = (pointer: string) =>
    later(() => {
      const element = root();
      if (element) focusPointer(element, pointer);
    });
  const place = ({ document, path }: Placed, then: 'line' | 'title') => {
    editor.change(document);
    if (then === 'line') return later(() => focusLine(path));
    editor.setOpen(path);
    focusField(`${path}/title`);
  };

  return {
    focusLine,
    focusField,
    add: (listPath: string, index: number, type: StepType) => {
      const document = editor.value();
      place(insertStep(document, listPath, index, newStep(type, usedIds(document))), 'title');
    },
    duplicate: (path: string) => {
      const document = editor.value();
      const { listPath, index } = splitPath(path);
      const copy = copyStep(stepAt(document, path), usedIds(document));
      place(insertStep(document, listPath, index + 1, copy), 'title');
    },
    /** @param options.focus left out: the line that is there then */
    remove: (path: string, { focus = true } = {}) => {
      const step = stepAt(editor.value(), path);
      const { listPath, index } = splitPath(path);
      editor.change(removeStep(editor.value(), path));
      const paths = stepPaths(editor.value());
      if (focus) later(() => focusLine(paths.includes(path) ? path : paths.at(-1)));
      toast(t`${textOf(step, 'title') || textOf(step, 'id')} removed`, {
        label: t('Undo'),
        run: () => {
          const document = editor.value();
          const around = aroundList(listPath);
          // The step around it may have been moved since.
          const isThere = !around || groupsAt(document, around.stepPath)[around.group] !== undefined;
          const list = isThere ? listPath : '/steps';
          const back = Math.min(isThere ? index : Number.POSITIVE_INFINITY, stepsIn(document, list).length);
          place(insertStep(document, list, back, step), 'line');
        },
      });
    },
    move: (path: string, by: -1 | 1) => {
      const moved = moveStep(editor.value(), path, by);
      if (!moved) return;
      place(moved, 'line');
    },
  };
}
export type StepActions = ReturnType<typeof createStepActions>;
