import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { rich, t } from '../../../words/words.ts';
import { PlaybookFlow } from '../parts/flow/playbook-flow.tsx';
import { type StepsView, ViewSwitch } from '../parts/flow/view-switch.tsx';
import { type Document, groupsAt, type LooseStep, outline, stepAt, textOf } from '../parts/outline.ts';
import { bareExpression, durationText, ownerWords } from '../parts/playbook-words.ts';
import { StepIcon } from '../parts/step-icon.tsx';
import { stepTypeView } from '../parts/steps/registry.ts';

const indent = 24;

/** The steps as a list or as a graph, in which a step leads to its place in the list. */
export function StepsTab(props: { document: Document }) {
  const [view, setView] = createSignal<StepsView>('list');
  let list: HTMLDivElement | undefined;
  const showStep = (path: string) => {
    setView('list');
    const row = list?.querySelector<HTMLElement>(`[data-step="${CSS.escape(path)}"]`);
    row?.focus();
    row?.scrollIntoView({ block: 'center' });
  };
  return (
    <div
      ref={(element) => {
        list = element;
      }}
    >
      <div class="flex justify-end border-b px-6 py-1 max-sm:px-4">
        <ViewSwitch view={view()} onView={setView} />
      </div>
      <Show when={view() === 'graph'} fallback={<StepRows document={props.document} />}>
        <div class="flex h-[70vh] min-h-80 flex-col px-6 pb-4 max-sm:px-4">
          <PlaybookFlow document={props.document} label={t('Steps as a graph')} onOpen={showStep} />
        </div>
      </Show>
    </div>
  );
}

/** The steps in reading order; the steps of options and branches are indented below them. */
function StepRows(props: { document: Document }) {
  const items = createMemo(() => outline(props.document).filter((item) => item.kind !== 'end'));
  return (
    <Show
      when={items().length > 0}
      fallback={
        <EmptyState title={t('No steps yet.')}>{t('Edit the playbook to add the first step.')}</EmptyState>
      }
    >
      <ol aria-label={t('Steps')} class="relative py-1">
        <For each={items()}>
          {(item) => (
            <Switch>
              <Match when={item.kind === 'step' && item}>
                {(step) => (
                  <StepRow
                    path={step().path}
                    number={step().number}
                    depth={step().depth}
                    step={stepAt(props.document, step().path)}
                  />
                )}
              </Match>
              <Match when={item.kind === 'group' && item}>
                {(group) => (
                  <GroupRow
                    document={props.document}
                    path={group().path}
                    stepPath={group().stepPath}
                    depth={group().depth}
                  />
                )}
              </Match>
            </Switch>
          )}
        </For>
      </ol>
    </Show>
  );
}

function StepRow(props: { path: string; number: number; depth: number; step: LooseStep }) {
  const type = () => textOf(props.step, 'type');
  const view = () => stepTypeView(type());
  return (
    <li
      data-step={props.path}
      tabindex="-1"
      class="flex gap-3 border-b py-2 pr-6"
      style={{ 'padding-left': `${24 + props.depth * indent}px` }}
    >
      <span class="w-6 shrink-0 text-right text-faint">{props.number}</span>
      <span class="pt-[3px]">
        <StepIcon type={type()} />
      </span>
      <div class="min-w-0 flex-1">
        <div class="flex min-w-0 flex-wrap items-baseline gap-x-3">
          <span class="font-medium">{textOf(props.step, 'title') || textOf(props.step, 'id')}</span>
          <Dynamic component={view().Target} step={props.step} />
          <span class="ml-auto flex items-baseline gap-x-3 text-muted">
            <Show when={textOf(props.step, 'due')}>
              {(due) => <span>{t`due within ${durationText(due())}`}</span>}
            </Show>
            <Show when={ownerWords(props.step)}>{(owner) => <span>{owner()}</span>}</Show>
          </span>
        </div>
        <Show when={textOf(props.step, 'when')}>
          {(condition) => (
            <p class="text-muted">
              {rich`only if ${<code class="font-mono text-sm">{bareExpression(condition())}</code>}`}
            </p>
          )}
        </Show>
        <Show when={textOf(props.step, 'instructions')}>
          {(text) => <p class="line-clamp-3 max-w-[76ch] whitespace-pre-line text-muted">{text()}</p>}
        </Show>
        <Dynamic component={view().Details} step={props.step} />
      </div>
    </li>
  );
}

/** An option or a branch, above its steps. */
function GroupRow(props: { document: Document; path: string; stepPath: string; depth: number }) {
  const group = () => groupsAt(props.document, props.stepPath).find(({ path }) => path === props.path);
  const word = () => stepTypeView(textOf(stepAt(props.document, props.stepPath), 'type')).groupWord;
  const isEmpty = () => {
    const found = group();
    return !found || stepAt(props.document, `${found.listPath}/0`).id === undefined;
  };
  return (
    <li
      class="flex min-h-8 items-center gap-2 border-b bg-sunken pr-6"
      style={{ 'padding-left': `${24 + 36 + (props.depth - 1) * indent}px` }}
    >
      <span class="label-caps">{word()}</span>
      <span class="font-medium">{group()?.title || group()?.id}</span>
      <Show when={group()?.end}>
        <span class="text-muted">{t('then the run ends')}</span>
      </Show>
      <Show when={isEmpty()}>
        <span class="text-faint">{t('no steps')}</span>
      </Show>
    </li>
  );
}
