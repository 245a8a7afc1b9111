import type { StepType } from '../../../../shared/playbooks/steps/registry.ts';
import { focusPointer } from '../../../kit/schema-form/form-context.ts';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { stepAt, stepPaths, stepsIn, textOf } from '../parts/outline.ts';
import type { PlaybookEditor } from './editor-state.ts';
import { insertStep, moveStep, type Placed, removeStep, splitPath } from './move-step.ts';
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
    editor.document.replace(document);
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
    remove: (path: string) => {
      const step = stepAt(editor.value(), path);
      const { listPath, index } = splitPath(path);
      editor.document.replace(removeStep(editor.value(), path));
      if (editor.open() === path || editor.open()?.startsWith(`${path}/`)) editor.setOpen(null);
      const paths = stepPaths(editor.value());
      later(() => focusLine(paths.includes(path) ? path : paths.at(-1)));
      toast(t`${textOf(step, 'title') || textOf(step, 'id')} removed`, {
        label: t('Undo'),
        run: () => {
          const back = Math.min(index, stepsIn(editor.value(), listPath).length);
          place(insertStep(editor.value(), listPath, back, step), 'line');
        },
      });
    },
    move: (path: string, by: -1 | 1) => {
      const moved = moveStep(editor.value(), path, by);
      if (!moved) return;
      // An open step stays open at its new place.
      const wasOpen = editor.open() === path;
      editor.setOpen(null);
      place(moved, 'line');
      if (wasOpen) editor.setOpen(moved.path);
    },
  };
}
export type StepActions = ReturnType<typeof createStepActions>;
