import type { JSX } from 'solid-js';

/** The header of a column in a small table. */
export const ColumnHeader = (props: { children: JSX.Element; align?: 'right'; class?: string }) => (
  <th
    scope="col"
    class={`label-caps h-7 border-b ${props.align === 'right' ? 'text-right' : 'text-left'} ${props.class ?? ''}`}
  >
    {props.children}
  </th>
);
