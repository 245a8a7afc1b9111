import { Plus } from 'lucide-solid';
import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js';
import { stepDefinitions, stepTypes } from '../../../../shared/playbooks/steps/registry.ts';
import { useActions } from '../../../kit/actions.ts';
import { buttonClass } from '../../../kit/button.tsx';
import { t } from '../../../words/words.ts';
import { groupsAt, outline, stepPaths, stepsIn } from '../parts/outline.ts';
import { splitPath } from '../parts/step-places.ts';
import { AddStepMenu } from './add-step-menu.tsx';
import { useEditor } from './editor-state.ts';
import type { StepActions } from './step-actions.ts';
import { issuesByStep } from './step-issues.ts';
import { StepLine } from './step-line.tsx';

/** Every step in reading order; the steps of options and branches are indented below them. */
export function StepList(props: { actions: StepActions }) {
  const editor = useEditor();
  const [current, setCurrent] = createSignal<string | null>(null);
  const items = createMemo(() => outline(editor.value()));
  const byPath = createMemo(() => new Map(items().map((item) => [item.path, item])));
  // Keyed by path, so that typing in a line does not make it again.
  const paths = createMemo(() => items().map(({ path }) => path), [], {
    equals: (a, b) => a.length === b.length && a.every((path, index) => path === b[index]),
  });
  const problems = createMemo(() => issuesByStep(editor.value(), editor.shownIssues()));

  const selected = () => {
    const at = editor.open() ?? current();
    return at !== null && byPath().get(at)?.kind === 'step' ? at : null;
  };
  const go = (by: 1 | -1) => {
    const all = stepPaths(editor.value());
    const at = all.indexOf(current() ?? '');
    const next =
      at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[Math.min(all.length - 1, Math.max(0, at + by))];
    props.actions.focusLine(next);
  };
  const below = () => {
    const at = selected();
    if (at === null) return { listPath: '/steps', index: stepsIn(editor.value(), '/steps').length };
    const { listPath, index } = splitPath(at);
    return { listPath, index: index + 1 };
  };
  useActions(() => {
    const at = selected();
    return [
      {
        id: 'step:next',
        label: t('Next step'),
        keys: 'j',
        group: 'Page',
        inPalette: false,
        repeats: true,
        run: () => go(1),
      },
      {
        id: 'step:previous',
        label: t('Previous step'),
        keys: 'k',
        group: 'Page',
        inPalette: false,
        repeats: true,
        run: () => go(-1),
      },
      ...stepTypes.map((type) => ({
        id: `step:add:${type}`,
        label: t`Add a step: ${stepDefinitions[type].label}`,
        group: 'Page' as const,
        run: () => props.actions.add(below().listPath, below().index, type),
      })),
      ...(at === null
        ? []
        : [
            {
              id: 'step:up',
              label: t('Move step up'),
              keys: 'alt+arrowup',
              group: 'Selection' as const,
              run: () => props.actions.move(at, -1),
            },
            {
              id: 'step:down',
              label: t('Move step down'),
              keys: 'alt+arrowdown',
              group: 'Selection' as const,
              run: () => props.actions.move(at, 1),
            },
            {
              id: 'step:copy',
              label: t('Duplicate step'),
              keys: 'd',
              group: 'Selection' as const,
              run: () => props.actions.duplicate(at),
            },
            {
              id: 'step:remove',
              label: t('Remove step'),
              keys: 'backspace',
              group: 'Selection' as const,
              run: () => props.actions.remove(at),
            },
          ]),
    ];
  });

  return (
    <div data-pointer="/steps">
      <ol aria-label={t('Steps')} class="border-t">
        <For each={paths()}>
          {(path) => (
            <Switch>
              <Match when={kindOf(byPath().get(path), 'step')}>
                {(item) => (
                  <StepLine
                    path={path}
                    number={item().number}
                    depth={item().depth}
                    problems={problems().get(path) ?? 0}
                    actions={props.actions}
                    onFocus={() => setCurrent(path)}
                  />
                )}
              </Match>
              <Match when={kindOf(byPath().get(path), 'group')}>
                {(item) => <GroupLine path={path} stepPath={item().stepPath} depth={item().depth} />}
              </Match>
              <Match when={kindOf(byPath().get(path), 'end')}>
                {(item) => (
                  <li
                    class="border-b py-1 last:border-b-0"
                    style={{ 'padding-left': `${24 + item().depth * 24 + 22}px` }}
                  >
                    <AddStepMenu
                      triggerClass={buttonClass({ variant: 'quiet' })}
                      {...(item().depth > 0 ? { label: t`Add step to ${titleOfList(item().listPath)}` } : {})}
                      trigger={
                        <>
                          <Plus size={14} aria-hidden="true" />
                          {t('Add step')}
                        </>
                      }
                      onAdd={(type) =>
                        props.actions.add(
                          item().listPath,
                          stepsIn(editor.value(), item().listPath).length,
                          type,
                        )
                      }
                    />
                  </li>
                )}
              </Match>
            </Switch>
          )}
        </For>
      </ol>
      <Show when={editor.error('/steps')}>
        {(error) => <p class="px-6 max-sm:px-4 pt-1 text-failed text-sm">{error()}</p>}
      </Show>
    </div>
  );

  function titleOfList(listPath: string): string {
    const group = listPath.replace(/\/steps$/, '');
    const title = editor.text(`${group}/title`);
    return title || editor.text(`${group}/id`);
  }
}

type Item = ReturnType<typeof outline>[number];
const kindOf = <Kind extends Item['kind']>(item: Item | undefined, kind: Kind) =>
  item?.kind === kind ? (item as Extract<Item, { kind: Kind }>) : undefined;

/** An option or a branch, above the steps in it. */
function GroupLine(props: { path: string; stepPath: string; depth: number }) {
  const editor = useEditor();
  const group = () => groupsAt(editor.value(), props.stepPath).find(({ path }) => path === props.path);
  return (
    <li
      class="flex min-h-8 items-center gap-2 border-b bg-sunken pr-4"
      style={{ 'padding-left': `${24 + props.depth * 24 + 8}px` }}
    >
      <span class="label-caps">{group()?.key === 'options' ? t('If') : t('Branch')}</span>
      <span class="truncate font-medium">{group()?.title || group()?.id}</span>
      <Show when={group()?.end}>
        <span class="text-muted">{t('ends here')}</span>
      </Show>
    </li>
  );
}
