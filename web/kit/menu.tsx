import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import { Check } from 'lucide-solid';
import { type JSX, Show } from 'solid-js';
import { t } from '../words/words.ts';
import type { Icon } from './button.tsx';
import { KeyHint } from './key-hint.tsx';

/** Opens a menu by key. */
export interface MenuHandle {
  open: () => void;
}

/** A button with a menu below it. */
export function Menu(props: {
  trigger: JSX.Element;
  triggerClass: string;
  /** The name of a trigger that shows only an icon. */
  label?: string;
  title?: string | undefined;
  children: JSX.Element;
  placement?: 'bottom-start' | 'bottom-end' | 'top-start' | 'top-end';
  onOpenChange?: (open: boolean) => void;
  handle?: (handle: MenuHandle) => void;
}) {
  let trigger: HTMLElement | undefined;
  props.handle?.({
    // The arrow key also highlights the first item, and closing returns the focus to the button.
    open: () => {
      trigger?.focus();
      trigger?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }),
      );
    },
  });
  return (
    <DropdownMenu
      onOpenChange={props.onOpenChange}
      placement={props.placement ?? 'bottom-start'}
      gutter={4}
      preventScroll={false}
      modal={false}
    >
      <DropdownMenu.Trigger
        ref={(element: HTMLElement) => {
          trigger = element;
        }}
        class={props.triggerClass}
        aria-label={props.label}
        title={props.title}
      >
        {props.trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          // An open dialog must not hide the menu from screen readers.
          data-kb-top-layer
          class="z-60 max-h-[70vh] min-w-48 overflow-auto rounded-md border bg-raised p-1 shadow-float outline-none"
        >
          {props.children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}

export function MenuItem(props: {
  onSelect: () => void;
  icon?: Icon;
  /** Shows a check mark. */
  checked?: boolean;
  /** The menu stays open, for choosing several. */
  stays?: boolean;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  children: JSX.Element;
}) {
  return (
    <DropdownMenu.Item
      onSelect={props.onSelect}
      disabled={props.disabled ?? false}
      closeOnSelect={!props.stays}
      class="flex h-7 cursor-default items-center gap-2 rounded-sm pointer-coarse:h-11 px-2 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover"
      classList={{ 'text-failed': props.danger ?? false }}
    >
      <Show when={props.icon}>
        {(icon) => icon()({ size: 14, class: 'shrink-0', 'aria-hidden': 'true' })}
      </Show>
      <span class="min-w-0 flex-1 truncate">{props.children}</span>
      <Show when={props.checked}>
        <Check size={14} aria-label={t('selected')} class="shrink-0 text-accent" />
      </Show>
      <Show when={props.keys}>{(keys) => <KeyHint keys={keys()} />}</Show>
    </DropdownMenu.Item>
  );
}

export const MenuSeparator = () => <DropdownMenu.Separator class="my-1 border-line" />;

/** A heading inside a menu. */
export const MenuLabel = (props: { children: JSX.Element }) => (
  <div class="label-caps px-2 pt-1.5 pb-1">{props.children}</div>
);
