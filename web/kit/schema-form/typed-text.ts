import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import { sameJson } from './json-edit.ts';

/**
 * The text of an input whose value is not the text itself. What is typed stays as long as it means the value: "1." is
 * still 1, "90min" is still `PT90M`.
 */
export function createTypedText(
  value: Accessor<unknown>,
  read: (text: string) => unknown,
  show: (value: unknown) => string,
) {
  const [text, setText] = createSignal(show(value()));
  createEffect(
    on(
      value,
      (now) => {
        if (!sameJson(read(text()), now)) setText(show(now));
      },
      { defer: true },
    ),
  );
  return [text, setText] as const;
}
