import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, createUniqueId, Show } from 'solid-js';
import { useMe } from '../../../api/me.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { formatList } from '../../../kit/format.ts';
import { createSubmission } from '../../../kit/submission.ts';
import { t } from '../../../words/words.ts';
import { DoingHere } from '../../presence/parts/people-here.tsx';
import { createPresence } from '../../presence/parts/presence.ts';
import { MentionArea } from './mention-area.tsx';
import { type Picked, withIds } from './picked-people.ts';

interface Unsent {
  text: string;
  picked: readonly Picked[];
}
const nothing: Unsent = { text: '', picked: [] };

/** What is typed and not sent, for as long as this page is loaded; by person and exception. */
const unsent = new Map<string, Unsent>();

/** Adds a comment at the end of the timeline. mod+enter sends it. */
export function CommentBox(props: { exceptionId: string; handle?: (handle: { focus: () => void }) => void }) {
  const client = useQueryClient();
  const id = createUniqueId();
  const me = useMe();
  const key = () => `${me()?.actor.id}/${props.exceptionId}`;
  const [body, setUnsent] = createSignal(unsent.get(key()) ?? nothing);
  const [notMentioned, setNotMentioned] = createSignal<readonly string[]>([]);
  const here = createPresence(() => ({ type: 'exception', id: props.exceptionId }));
  const setBody = (next: Unsent) => {
    setUnsent(next);
    if (next.text === '') unsent.delete(key());
    else unsent.set(key(), next);
  };
  let area: HTMLTextAreaElement | undefined;
  props.handle?.({
    focus: () => {
      area?.focus({ preventScroll: true });
      area?.scrollIntoView({ block: 'nearest' });
    },
  });

  const { busy, error, submit } = createSubmission(async () => {
    const { text, picked } = body();
    const sent = await api.exceptions.comment.mutate({
      id: props.exceptionId,
      body: withIds(text.trim(), picked),
    });
    const labels = new Map(picked.map((each) => [each.id, each.label]));
    setNotMentioned(sent.notMentioned.map((reference) => labels.get(reference) ?? reference));
    setBody(nothing);
    here.rest();
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'exceptions', 'timeline') });
    area?.scrollIntoView({ block: 'nearest' });
  });
  const isEmpty = () => body().text.trim() === '';
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
      <MentionArea
        id={id}
        value={body().text}
        picked={body().picked}
        maxLength={16_384}
        placeholder={t('Write a comment. @ mentions someone')}
        onInput={(text, picked = body().picked) => {
          setBody({ text, picked });
          setNotMentioned([]);
          if (text.trim() === '') here.rest();
          else here.note('commenting');
        }}
        onSend={send}
        handle={(element) => {
          area = element;
        }}
      />
      <Show when={notMentioned().length > 0}>
        <p role="status" class="text-sm text-unknown">
          {t`Not told, because they may not see this exception: ${formatList(notMentioned())}`}
        </p>
      </Show>
      <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button type="submit" keys="mod+enter" busy={busy()} disabled={isEmpty()}>
          {t('Comment')}
        </Button>
        <DoingHere people={here.people()} doing={['commenting']} />
      </div>
    </form>
  );
}
