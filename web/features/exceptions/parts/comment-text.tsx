import { For } from 'solid-js';
import { partsOf } from '../../../../shared/exceptions/mentions.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { Markdown } from '../../../kit/markdown.tsx';
import { t } from '../../../words/words.ts';

type Comment = Outputs['exceptions']['comment'];
type Written = Pick<Comment, 'body' | 'mentions'>;
type Mention = Comment['mentions'][number];

const chip = 'rounded-sm bg-accent-soft px-0.5 font-medium text-accent';
const gone = 'rounded-sm bg-sunken px-0.5 text-muted';

/** The text of a comment. People whom it names are shown by the names that they have now. */
export function CommentText(props: { comment: Written; class?: string }) {
  return (
    <p class={`whitespace-pre-wrap break-words ${props.class ?? ''}`}>
      <For each={partsOf(props.comment.body, props.comment.mentions)}>
        {(part) => (typeof part === 'string' ? part : <MentionChip mention={part} />)}
      </For>
    </p>
  );
}

const titleOf = ({ member }: Mention): string | undefined => (member ? undefined : t('No longer a member'));

const MentionChip = (props: { mention: Mention }) => (
  <span class={props.mention.member ? chip : gone} title={titleOf(props.mention)}>
    @{props.mention.name}
  </span>
);

/** The same where comments are shown as Markdown. */
export const CommentMarkdown = (props: { comment: Written }) => (
  <Markdown text={props.comment.body} onShown={(element) => markMentions(element, props.comment.mentions)} />
);

/** In texts only: what stands in an attribute stays. */
function markMentions(element: Element, mentions: readonly Mention[]): void {
  if (mentions.length === 0) return;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    const parts = partsOf(text.data, mentions);
    if (parts.every((part) => typeof part === 'string')) continue;
    text.replaceWith(
      ...parts.map((part) => {
        if (typeof part === 'string') return part;
        const span = document.createElement('span');
        span.className = part.member ? chip : gone;
        span.title = titleOf(part) ?? '';
        span.textContent = `@${part.name}`;
        return span;
      }),
    );
  }
}
