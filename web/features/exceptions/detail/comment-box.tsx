import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, createUniqueId } from 'solid-js';
import { type ApiError, toApiError } from '../../../api/api-error.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';

/** Adds a comment at the end of the timeline. mod+enter sends it. */
export function CommentBox(props: { exceptionId: string; handle: (handle: { focus: () => void }) => void }) {
  const client = useQueryClient();
  const id = createUniqueId();
  const [body, setBody] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<ApiError>();
  let area: HTMLTextAreaElement | undefined;
  props.handle({
    focus: () => {
      area?.focus({ preventScroll: true });
      area?.scrollIntoView({ block: 'nearest' });
    },
  });

  async function send(): Promise<void> {
    const text = body().trim();
    if (text === '' || busy()) return;
    setBusy(true);
    setError(undefined);
    try {
      await api.exceptions.comment.mutate({ id: props.exceptionId, body: text });
      setBody('');
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'exceptions', 'timeline') });
      area?.scrollIntoView({ block: 'nearest' });
    } catch (failure) {
      setError(toApiError(failure));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      class="mt-2 flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <FailureNote what="The comment was not sent" error={error()} />
      <label for={id} class="sr-only">
        Comment
      </label>
      <textarea
        ref={area}
        id={id}
        rows={Math.min(12, Math.max(2, body().split('\n').length))}
        maxLength={16_384}
        placeholder="Write a comment"
        value={body()}
        onInput={(event) => setBody(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
          // Stops here: on the page the same keys may complete a step.
          event.preventDefault();
          void send();
        }}
        class="w-full rounded-md border border-line-strong bg-bg px-2 py-1.5 hover:border-faint"
      />
      <div>
        <Button type="submit" keys="mod+enter" busy={busy()} disabled={body().trim() === ''}>
          Comment
        </Button>
      </div>
    </form>
  );
}
