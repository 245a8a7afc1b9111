import { SlidersHorizontal } from 'lucide-solid';
import { For, type JSX, Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { buttonClass } from '../button.tsx';
import type { Column } from '../data-table/column.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../menu.tsx';
import { type Density, type ListLook, withColumn } from './list-look.ts';

const densities: readonly { value: Density; label: string }[] = [
  { value: 'comfortable', label: t('Comfortable') },
  { value: 'compact', label: t('Compact') },
];

/** How the list looks: its density and its columns. */
export function LookMenu<Row>(props: {
  look: ListLook;
  columns: readonly Column<Row>[];
  /** At the start of the menu. */
  children?: JSX.Element;
}) {
  const now = () => props.look.look();
  return (
    <Menu
      placement="bottom-end"
      label={t('View')}
      title={t('View: density and columns')}
      triggerClass={buttonClass({ variant: 'quiet', iconOnly: true })}
      trigger={<SlidersHorizontal size={14} aria-hidden="true" />}
    >
      {props.children}
      <MenuLabel>{t('Density')}</MenuLabel>
      <For each={densities}>
        {({ value, label }) => (
          <MenuItem
            stays
            checked={now().density === value}
            onSelect={() => props.look.set({ ...now(), density: value })}
          >
            {label}
          </MenuItem>
        )}
      </For>
      <MenuSeparator />
      <MenuLabel>{t('Columns')}</MenuLabel>
      <For each={props.columns}>
        {(column) => {
          const shown = () => !now().hidden.includes(column.id);
          return (
            <Show when={!column.main}>
              <MenuItem
                stays
                checked={shown()}
                onSelect={() => props.look.set(withColumn(now(), column.id, !shown()))}
              >
                {column.header}
              </MenuItem>
            </Show>
          );
        }}
      </For>
    </Menu>
  );
}
