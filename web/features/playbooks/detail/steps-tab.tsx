import { Link, useParams } from '@tanstack/solid-router';
import { createMemo, For, Match, Show, Switch } from 'solid-js';
import { JsonBlock } from '../../../kit/code-block.tsx';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { type Document, groupsAt, type LooseStep, outline, stepAt, textOf } from '../parts/outline.ts';
import { bareExpression, durationText, ownerWords, waitWords } from '../parts/playbook-words.ts';
import { StepIcon } from '../parts/step-icon.tsx';
import { useToolsByName } from '../parts/tool-names.ts';

const indent = 24;

/** The steps in the order of reading; what stands in options and branches is indented below them. */
export function StepsTab(props: { document: Document }) {
  const items = createMemo(() => outline(props.document).filter((item) => item.kind !== 'end'));
  return (
    <Show
      when={items().length > 0}
      fallback={<EmptyState title="There are no steps yet">Edit it to write the first one.</EmptyState>}
    >
      <ol aria-label="Steps" class="relative py-1">
        <For each={items()}>
          {(item) => (
            <Switch>
              <Match when={item.kind === 'step' && item}>
                {(step) => (
                  <StepRow
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

function StepRow(props: { number: number; depth: number; step: LooseStep }) {
  const due = () => textOf(props.step, 'due');
  const owner = () => ownerWords(props.step);
  const when = () => textOf(props.step, 'when');
  const instructions = () => textOf(props.step, 'instructions');
  return (
    <li class="flex gap-3 border-b py-2 pr-6" style={{ 'padding-left': `${24 + props.depth * indent}px` }}>
      <span class="w-6 shrink-0 text-right text-faint">{props.number}</span>
      <span class="pt-[3px]">
        <StepIcon type={textOf(props.step, 'type')} />
      </span>
      <div class="min-w-0 flex-1">
        <div class="flex min-w-0 flex-wrap items-baseline gap-x-3">
          <span class="font-medium">{textOf(props.step, 'title') || textOf(props.step, 'id')}</span>
          <StepTarget step={props.step} />
          <span class="ml-auto flex items-baseline gap-x-3 text-muted">
            <Show when={due()}>
              <span>due in {durationText(due())}</span>
            </Show>
            <Show when={owner()}>{(name) => <span>{name()}</span>}</Show>
          </span>
        </div>
        <Show when={when()}>
          <p class="text-muted">
            only if <code class="font-mono text-sm">{bareExpression(when())}</code>
          </p>
        </Show>
        <Show when={instructions()}>
          <p class="line-clamp-3 max-w-[76ch] whitespace-pre-line text-muted">{instructions()}</p>
        </Show>
        <Show when={props.step.type === 'call_tool' && hasInput(props.step)}>
          <details class="mt-1">
            <summary class="w-fit text-faint text-sm hover:text-text">Input</summary>
            <JsonBlock
              value={props.step.input}
              label={`Input of ${textOf(props.step, 'title')}`}
              maxHeight="240px"
            />
          </details>
        </Show>
      </div>
    </li>
  );
}

const hasInput = (step: LooseStep) =>
  typeof step.input === 'object' && step.input !== null && Object.keys(step.input).length > 0;

/** What a step is about: its tool and version, the other playbook, what it waits for. */
function StepTarget(props: { step: LooseStep }) {
  const params = useParams({ from: '/t/$tenant/playbooks/$playbookId' });
  const toolOf = useToolsByName();
  const name = () => textOf(props.step, 'tool');
  const tool = () => toolOf(name());
  const version = () => (typeof props.step.version === 'number' ? `@v${props.step.version}` : '');
  return (
    <Switch>
      <Match when={props.step.type === 'call_tool'}>
        <Show
          when={tool()}
          fallback={
            <span class="font-mono text-sm text-unknown" title="There is no such tool now">
              {name()}
              {version()}
            </span>
          }
        >
          {(found) => (
            <Link
              to="/t/$tenant/tools/$toolId"
              params={{ tenant: params().tenant, toolId: found().id }}
              search={{}}
              title={
                version()
                  ? undefined
                  : `The current version when the step is completed: now v${found().version}`
              }
              class="font-mono text-accent text-sm hover:text-accent-hover"
            >
              {name()}
              {version() || '@current'}
            </Link>
          )}
        </Show>
      </Match>
      <Match when={props.step.type === 'playbook'}>
        <Link
          to="/t/$tenant/playbooks"
          params={{ tenant: params().tenant }}
          search={{ q: textOf(props.step, 'playbook') }}
          class="font-mono text-accent text-sm hover:text-accent-hover"
        >
          {textOf(props.step, 'playbook')}
        </Link>
      </Match>
      <Match when={props.step.type === 'wait'}>
        <span class="text-muted">{waitWords(props.step)}</span>
      </Match>
      <Match when={props.step.type === 'approval' && Number(props.step.required) > 1}>
        <span class="text-muted">{String(props.step.required)} people</span>
      </Match>
      <Match when={props.step.type === 'decision' && textOf(props.step, 'choose')}>
        <span class="text-muted">
          by <code class="font-mono text-sm">{bareExpression(textOf(props.step, 'choose'))}</code>
        </span>
      </Match>
    </Switch>
  );
}

/** An option or a branch, above the steps in it. */
function GroupRow(props: { document: Document; path: string; stepPath: string; depth: number }) {
  const group = () => groupsAt(props.document, props.stepPath).find(({ path }) => path === props.path);
  const isEmpty = () => {
    const found = group();
    return !found || stepAt(props.document, `${found.listPath}/0`).id === undefined;
  };
  return (
    <li
      class="flex min-h-8 items-center gap-2 border-b bg-sunken pr-6"
      style={{ 'padding-left': `${24 + 36 + (props.depth - 1) * indent}px` }}
    >
      <span class="label-caps">{/\/options\/\d+$/.test(props.path) ? 'If' : 'Branch'}</span>
      <span class="font-medium">{group()?.title || group()?.id}</span>
      <Show when={group()?.end}>
        <span class="text-muted">then it ends</span>
      </Show>
      <Show when={isEmpty()}>
        <span class="text-faint">no steps of its own</span>
      </Show>
    </li>
  );
}
