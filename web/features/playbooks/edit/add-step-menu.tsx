import { For, type JSX } from 'solid-js';
import { type StepType, stepDefinitions, stepTypes } from '../../../../shared/playbooks/steps/registry.ts';
import { Menu, MenuItem } from '../../../kit/menu.tsx';
import { t } from '../../../words/words.ts';
import { stepTypeView } from '../parts/steps/registry.ts';

/** Adds a step of a chosen type. */
export function AddStepMenu(props: {
  trigger: JSX.Element;
  triggerClass: string;
  label?: string;
  title?: string;
  onAdd: (type: StepType) => void;
}) {
  return (
    <Menu {...props}>
      <For each={stepTypes}>
        {(type) => (
          <MenuItem icon={stepTypeView(type).icon} onSelect={() => props.onAdd(type)}>
            {t(stepDefinitions[type].label)}
          </MenuItem>
        )}
      </For>
    </Menu>
  );
}
