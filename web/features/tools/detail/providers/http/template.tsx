import { For } from 'solid-js';

/** A template with its `{inputs}` highlighted. */
export function Template(props: { text: string }) {
  const parts = () => props.text.split(/(\{[^{}]+\})/).filter(Boolean);
  return (
    <For each={parts()}>
      {(part) => (
        <span
          classList={{
            'rounded-sm bg-accent-soft px-0.5 text-accent': part.startsWith('{') && part.endsWith('}'),
          }}
        >
          {part}
        </span>
      )}
    </For>
  );
}

/** Headers or query parameters: names and templates. */
export function PairsTable(props: { pairs: Record<string, unknown>; label: string }) {
  const text = (value: unknown) => (Array.isArray(value) ? value.map(String).join(', ') : String(value));
  return (
    <table aria-label={props.label} class="font-mono text-sm leading-5">
      <tbody>
        <For each={Object.entries(props.pairs)}>
          {([name, value]) => (
            <tr>
              <th scope="row" class="pr-4 text-left align-top font-normal">
                {name}
              </th>
              <td class="break-all">
                <Template text={text(value)} />
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}
