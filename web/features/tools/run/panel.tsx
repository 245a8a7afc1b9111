import { X } from 'lucide-solid';
import type { JSX } from 'solid-js';
import { Button } from '../../../kit/button.tsx';
import { inSentence, t } from '../../../words/words.ts';

/** The lower part of the sheet. */
export function Panel(props: {
  title: string;
  aside?: JSX.Element;
  onClose: () => void;
  children: JSX.Element;
}) {
  return (
    <section
      aria-label={props.title}
      class="flex max-h-[58%] min-h-32 shrink-0 flex-col border-line-strong border-t bg-bg"
    >
      <div class="flex min-h-9 shrink-0 items-center gap-2 px-5 pt-1">
        <h3 class="font-semibold">{props.title}</h3>
        <div class="flex min-w-0 flex-1 items-center gap-2">{props.aside}</div>
        <Button
          variant="quiet"
          iconOnly
          icon={X}
          aria-label={t`Close ${inSentence(props.title)}`}
          onClick={() => props.onClose()}
        />
      </div>
      <div class="min-h-0 flex-1 overflow-auto px-5 pt-1 pb-4">{props.children}</div>
    </section>
  );
}
