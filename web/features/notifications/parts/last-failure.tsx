import { Show } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import { ButtonLink } from '../../../kit/button.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { rich, t } from '../../../words/words.ts';

/** What was last not sent in one way, and why. @param props.of the way, where nothing around it says so */
export const LastFailure = (props: {
  of?: string;
  failure: { error: string; at: string; executionId: string | null } | null | undefined;
}) => (
  <Show when={props.failure} keyed>
    {({ error, at, executionId }) => (
      <div class="flex flex-wrap items-center gap-x-2">
        <p class="break-words text-failed text-sm">
          <Show when={props.of}>{(name) => <>{name()}: </>}</Show>
          {rich`Last failure ${<RelativeTime at={at} />}: ${() => error}`}
        </p>
        <Show when={executionId}>
          {(id) => (
            <ButtonLink
              variant="quiet"
              to="/t/$tenant/executions/$executionId"
              params={{ tenant: tenantSlug(), executionId: id() }}
            >
              {t('Open the execution')}
            </ButtonLink>
          )}
        </Show>
      </div>
    )}
  </Show>
);
