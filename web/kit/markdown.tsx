import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { createMemo } from 'solid-js';

/** Markdown as people wrote it. HTML in it is shown as text, and links lead to http, https and mail only. */
export function Markdown(props: { text: string; class?: string }) {
  const html = createMemo(() => micromark(props.text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] }));
  return <div class={`prose ${props.class ?? ''}`} innerHTML={html()} />;
}
