import { ArrowDown, ArrowUp, ChevronRight, CircleAlert, Copy, Plus, Trash2 } from 'lucide-solid';
import { Show } from 'solid-js';
import { Button, buttonClass } from '../../../kit/button.tsx';
import { counted, t } from '../../../words/words.ts';
import { stepAt, textOf } from '../parts/outline.ts';
import { ownerWords, stepTypeWord } from '../parts/playbook-words.ts';
import { StepIcon } from '../parts/step-icon.tsx';
import { AddStepMenu } from './add-step-menu.tsx';
import { useEditor } from './editor-state.ts';
import { splitPath } from './move-step.ts';
import type { StepActions } from './step-actions.ts';
import { StepDetails } from './step-details.tsx';
import { stepFormOf } from './steps/registry.ts';

/** One step of the list; its details open below it. */
export function StepLine(props: {
  path: string;
  number: number;
  depth: number;
  problems: number;
  actions: StepActions;
  onFocus: () => void;
}) {
  const editor = useEditor();
  const step = () => stepAt(editor.value(), props.path);
  const title = () => textOf(step(), 'title');
  const words = () => title() || stepTypeWord(textOf(step(), 'type'));
  const isOpen = () => editor.open() === props.path;
  const toggle = () => editor.setOpen(isOpen() ? null : props.path);
  return (
    <li
      data-pointer={props.path}
      class="border-b"
      classList={{ 'bg-selected/40': isOpen() }}
      onFocusIn={() => props.onFocus()}
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        event.stopPropagation();
        props.actions.move(props.path, event.key === 'ArrowUp' ? -1 : 1);
      }}
    >
      <div
        class="group flex min-h-9 items-center gap-2 pr-4 pl-[calc(var(--gutter)+var(--depth)*var(--indent))] [--gutter:24px] [--indent:24px] hover:bg-hover max-sm:flex-wrap max-sm:[--gutter:4px] max-sm:[--indent:16px]"
        style={{ '--depth': props.depth }}
      >
        <button
          type="button"
          data-step={props.path}
          aria-expanded={isOpen()}
          onClick={toggle}
          class="flex min-h-9 min-w-0 flex-1 items-center gap-x-2 rounded-sm text-left max-sm:flex-wrap max-sm:py-1"
        >
          <span class="w-6 shrink-0 text-right text-faint">{props.number}</span>
          <ChevronRight
            size={14}
            aria-hidden="true"
            class={`shrink-0 text-faint ${isOpen() ? 'rotate-90' : ''}`}
          />
          <StepIcon type={textOf(step(), 'type')} />
          <span
            class="truncate font-medium max-sm:max-w-[calc(100%-84px)]"
            classList={{ 'text-muted': title() === '' }}
          >
            {words()}
          </span>
          <Show when={props.problems > 0}>
            <span class="inline-flex shrink-0 items-center gap-1 text-failed text-sm">
              <CircleAlert size={13} aria-hidden="true" />
              {props.problems}
              <span class="sr-only">{counted(props.problems, 'problem|problems')}</span>
            </span>
          </Show>
          <span class="ml-auto flex min-w-0 shrink gap-3 truncate pl-3 text-muted text-sm max-sm:ml-0 max-sm:basis-full max-sm:pl-14">
            <Summary path={props.path} />
          </span>
        </button>
        <span
          class="flex shrink-0 opacity-0 focus-within:opacity-100 group-hover:opacity-100"
          classList={{ 'opacity-100 max-sm:pl-12': isOpen(), 'max-sm:hidden': !isOpen() }}
        >
          <Button
            variant="quiet"
            iconOnly
            icon={ArrowUp}
            title={t('Move up (Alt ↑)')}
            aria-label={t`Move ${words()} up`}
            onClick={() => props.actions.move(props.path, -1)}
          />
          <Button
            variant="quiet"
            iconOnly
            icon={ArrowDown}
            title={t('Move down (Alt ↓)')}
            aria-label={t`Move ${words()} down`}
            onClick={() => props.actions.move(props.path, 1)}
          />
          <Button
            variant="quiet"
            iconOnly
            icon={Copy}
            title={t('Duplicate')}
            aria-label={t`Duplicate ${words()}`}
            onClick={() => props.actions.duplicate(props.path)}
          />
          <AddStepMenu
            label={t`Add a step below ${words()}`}
            title={t('Add a step below')}
            triggerClass={buttonClass({ variant: 'quiet', iconOnly: true })}
            trigger={<Plus size={14} aria-hidden="true" />}
            onAdd={(type) => {
              const { listPath, index } = splitPath(props.path);
              props.actions.add(listPath, index + 1, type);
            }}
          />
          <Button
            variant="quiet"
            iconOnly
            icon={Trash2}
            title={t('Remove')}
            aria-label={t`Remove ${words()}`}
            onClick={() => props.actions.remove(props.path)}
          />
        </span>
      </div>
      <Show when={isOpen()}>
        <div class="pr-6 pl-[calc(78px+var(--depth)*24px)] max-sm:px-4" style={{ '--depth': props.depth }}>
          <StepDetails path={props.path} />
        </div>
      </Show>
    </li>
  );
}

/** What the step is about and who completes it. */
function Summary(props: { path: string }) {
  const editor = useEditor();
  const step = () => stepAt(editor.value(), props.path);
  const about = () => stepFormOf(textOf(step(), 'type')).summary?.(step());
  return (
    <>
      <Show when={textOf(step(), 'when')}>
        <span title={textOf(step(), 'when')}>{t('conditional')}</span>
      </Show>
      <Show when={about()?.text}>
        {(text) => <span class={`truncate ${about()?.mono ? 'font-mono' : ''}`}>{text()}</span>}
      </Show>
      <Show when={ownerWords(step())}>{(owner) => <span class="shrink-0">{owner()}</span>}</Show>
    </>
  );
}
