import { For } from 'solid-js';
import { peopleWith, type Role, roles } from '../../../../shared/identity/roles.ts';

const offered = roles.filter((role) => role !== 'platform_admin');

/** Chooses roles, in their usual order. */
export function RoleBoxes(props: {
  legend: string;
  help?: string;
  chosen: readonly Role[];
  onChange: (roles: Role[]) => void;
}) {
  const toggle = (role: Role) =>
    props.onChange(roles.filter((each) => props.chosen.includes(each) !== (each === role)));
  return (
    <fieldset class="flex flex-col gap-1">
      <legend class="mb-1 font-medium text-sm">{props.legend}</legend>
      <div class="flex flex-wrap gap-x-4 gap-y-1">
        <For each={offered}>
          {(role) => (
            <label class="flex items-center gap-1.5">
              <input type="checkbox" checked={props.chosen.includes(role)} onChange={() => toggle(role)} />
              {peopleWith(role)}
            </label>
          )}
        </For>
      </div>
      <p class="text-faint text-sm">{props.help}</p>
    </fieldset>
  );
}
