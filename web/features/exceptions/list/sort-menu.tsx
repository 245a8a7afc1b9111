import { ArrowUpDown } from 'lucide-solid';
import { For } from 'solid-js';
import { buttonClass } from '../../../kit/button.tsx';
import { Menu, MenuItem } from '../../../kit/menu.tsx';
import { t } from '../../../words/words.ts';

type Sort = 'due' | 'severity' | undefined;

const sorts: readonly { value: Sort; label: string }[] = [
  { value: undefined, label: t('Newest first') },
  { value: 'due', label: t('Due first') },
  { value: 'severity', label: t('Most severe first') },
];

export function SortMenu(props: { sort: Sort; onChange: (sort: Sort) => void }) {
  const label = () => sorts.find((each) => each.value === props.sort)?.label;
  return (
    <Menu
      placement="bottom-end"
      triggerClass={buttonClass({ variant: 'quiet' })}
      trigger={
        <>
          <ArrowUpDown size={14} aria-hidden="true" />
          <span class="sr-only">{t('Sorted by')}</span>
          {label()}
        </>
      }
    >
      <For each={sorts}>
        {(each) => (
          <MenuItem checked={each.value === props.sort} onSelect={() => props.onChange(each.value)}>
            {each.label}
          </MenuItem>
        )}
      </For>
    </Menu>
  );
}
