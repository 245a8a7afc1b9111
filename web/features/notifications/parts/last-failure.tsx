import { Show } from 'solid-js';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { rich } from '../../../words/words.ts';

/** What was last not sent in one way, and why. @param props.of the way, where nothing around it says so */
export const LastFailure = (props: {
  of?: string;
  failure: { error: string; at: string } | null | undefined;
}) => (
  <Show when={props.failure} keyed>
    {({ error, at }) => (
      <p class="break-words text-failed text-sm">
        <Show when={props.of}>{(name) => <>{name()}: </>}</Show>
        {rich`Last failure ${<RelativeTime at={at} />}: ${() => error}`}
      </p>
    )}
  </Show>
);
