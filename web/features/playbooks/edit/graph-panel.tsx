import { Plus } from 'lucide-solid';
import { createMemo, createSignal, onMount, Show } from 'solid-js';
import type { StepType } from '../../../../shared/playbooks/steps/registry.ts';
import type { MenuHandle } from '../../../kit/menu.tsx';
import { t } from '../../../words/words.ts';
import { addClass, type FlowEdit } from '../parts/flow/flow-edit.tsx';
import { PlaybookFlow } from '../parts/flow/playbook-flow.tsx';
import { stepPaths } from '../parts/outline.ts';
import { stepTitle } from '../parts/place-words.ts';
import type { StepPlace } from '../parts/step-places.ts';
import { AddStepMenu } from './add-step-menu.tsx';
import { useEditor } from './editor-state.ts';
import { MoveDialog } from './move-dialog.tsx';
import { moveStep, moveStepTo, type Placed, untimelyAt, whyNotAt } from './move-step.ts';
import type { StepActions } from './step-actions.ts';
import { issuesByStep } from './step-issues.ts';

/** The steps as a graph, beside their list: the same document, the same changes. */
export function GraphPanel(props: {
  actions: StepActions;
  onOpen: (stepPath: string) => void;
  /** The fields are used next: on a small screen the graph covers them. */
  onLeave: () => void;
}) {
  const editor = useEditor();
  const problems = createMemo(() => issuesByStep(editor.value(), editor.shownIssues()));
  const [asking, setAsking] = createSignal<{
    path: string;
    onPlace: (place: StepPlace) => void;
  } | null>(null);
  const titleOf = (id: string) => {
    const path = stepPaths(editor.value()).find((each) => editor.text(`${each}/id`) === id);
    return path === undefined ? id : stepTitle(editor.value(), path);
  };
  const apply = (placed: Placed | null): string | null => {
    if (placed) editor.change(placed.document);
    return placed?.path ?? null;
  };
  const edit: FlowEdit = {
    problems: (path) => problems().get(path) ?? 0,
    refused: (path, place) =>
      ({
        inside: t('A step cannot be moved into itself.'),
        there: t('It is there already.'),
        none: null,
      })[whyNotAt(path, place) ?? 'none'],
    warning: (path, place) => {
      const found = untimelyAt(editor.value(), path, place);
      return (
        found && t`${titleOf(found.by)} would use a result of ${titleOf(found.uses)} that is not there yet.`
      );
    },
    moveTo: (path, place) => apply(moveStepTo(editor.value(), path, place)),
    moveBy: (path, by) => apply(moveStep(editor.value(), path, by)),
    remove: (path) => {
      props.actions.remove(path, { focus: false });
      const paths = stepPaths(editor.value());
      return paths.includes(path) ? path : (paths.at(-1) ?? null);
    },
    askPlace: (path, onPlace) => setAsking({ path, onPlace }),
    AddStep: (add) => {
      let menu: MenuHandle | undefined;
      onMount(() => queueMicrotask(() => menu?.open()));
      return (
        <AddStepMenu
          label={t`Add a step ${add.words}`}
          triggerClass={addClass}
          trigger={<Plus size={11} aria-hidden="true" />}
          handle={(handle) => {
            menu = handle;
          }}
          onOpenChange={(open) => {
            if (!open) add.onClose();
          }}
          onAdd={(type: StepType) => {
            const { listPath, index } = add.place;
            // Before its button is made again, with the graph.
            add.onClose();
            props.onLeave();
            props.actions.add(listPath, index, type);
          }}
        />
      );
    },
  };
  return (
    <aside
      aria-label={t('Graph')}
      class="flex w-[52%] min-w-80 flex-col border-l bg-bg px-4 pb-4 max-lg:absolute max-lg:inset-0 max-lg:z-10 max-lg:w-full max-lg:border-l-0"
    >
      <PlaybookFlow
        document={editor.value()}
        label={t('Steps as a graph')}
        edit={edit}
        selected={editor.open() ?? undefined}
        onOpen={(path) => props.onOpen(path)}
      />
      <Show when={asking()} keyed>
        {(asked) => (
          <MoveDialog
            document={editor.value()}
            path={asked.path}
            warning={(place) => edit.warning(asked.path, place)}
            onMove={(place) => asked.onPlace(place)}
            onClose={() => setAsking(null)}
          />
        )}
      </Show>
    </aside>
  );
}
