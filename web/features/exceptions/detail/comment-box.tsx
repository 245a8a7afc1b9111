import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, createUniqueId } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { t } from '../../../words/words.ts';

/** Adds a comment at the end of the timeline. mod+enter sends it. */
export function CommentBox(props: { exceptionId: string; handle: (handle: { focus: () => void }) => void }) {
  const client = useQueryClient();
  const id = createUniqueId();
  const [body, setBody] = createSignal('');
  let area: HTMLTextAreaElement | undefined;
  props.handle({
    focus: () => {
      area?.focus({ preventScroll: true });
      area?.scrollIntoView({ block: 'nearest' });
    },
  });

  const { busy, error, submit } = createSubmission(async () => {
    await api.exceptions.comment.mutate({ id: props.exceptionId, body: body().trim() });
    setBody('');
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'exceptions', 'timeline') });
    area?.scrollIntoView({ block: 'nearest' });
  });
  const isEmpty = () => body().trim() === '';
  const send = () => {
    if (!isEmpty()) void submit();
  };

  return (
    <form
      class="mt-2 flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <FailureNote failed={t('The comment was not sent.')} error={error()} />
      <label for={id} class="sr-only">
        {t('Comment')}
      </label>
      <textarea
        ref={area}
        id={id}
        rows={Math.min(12, Math.max(2, body().split('\n').length))}
        maxLength={16_384}
        placeholder={t('Write a comment')}
        value={body()}
        onInput={(event) => setBody(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
          // Stops here: on the page the same keys may complete a step.
          event.preventDefault();
          send();
        }}
        class="w-full rounded-md border border-line-strong bg-bg px-2 py-1.5 hover:border-faint"
      />
      <div>
        <Button type="submit" keys="mod+enter" busy={busy()} disabled={isEmpty()}>
          {t('Comment')}
        </Button>
      </div>
    </form>
  );
}
