import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { createEffect, createMemo } from 'solid-js';

/** Markdown written by people. HTML is shown as text; links may use only http, https and mailto. */
export function Markdown(props: {
  text: string;
  class?: string;
  /** Changes what is shown, such as texts that become chips. */
  onShown?: (element: HTMLElement) => void;
}) {
  let element!: HTMLDivElement;
  const html = createMemo(() => micromark(props.text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] }));
  createEffect(() => {
    if (!props.onShown) return;
    // What it made of it before is gone.
    element.innerHTML = html();
    props.onShown(element);
  });
  return <div ref={element} class={`prose ${props.class ?? ''}`} innerHTML={html()} />;
}
