import { For } from 'solid-js';
import { Line } from '../../parts/lines.tsx';

/** The headers that every request of a connector carries. */
export const HeaderLines = (props: { headers: Record<string, string> }) => (
  <For each={Object.entries(props.headers)}>
    {([name, value]) => (
      <Line label={name}>
        <span class="break-all font-mono text-sm">{value}</span>
      </Line>
    )}
  </For>
);
