import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { createMemo } from 'solid-js';

/** Markdown written by people. HTML is shown as text; links may use only http, https and mailto. */
export function Markdown(props: { text: string; class?: string }) {
  const html = createMemo(() => micromark(props.text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] }));
  return <div class={`prose ${props.class ?? ''}`} innerHTML={html()} />;
}
