import { useNavigate } from '@tanstack/solid-router';
import { createSignal, Show } from 'solid-js';
import { useActions } from '../../../kit/actions.ts';
import { Button, ButtonLink } from '../../../kit/button.tsx';
import { t } from '../../../words/words.ts';
import { useExecution } from '../../executions/parts/execution-query.ts';
import { isOpen } from '../../executions/parts/execution-words.ts';
import { PublishDraftDialog } from '../parts/publish-draft.tsx';

/** What comes after a test of a draft: publish it, or change it. */
export function TestOutcome(props: { executionId: string; toolId: string; version: number; tenant: string }) {
  const navigate = useNavigate();
  const query = useExecution(() => props.executionId);
  const [publishing, setPublishing] = createSignal(false);
  const ended = () => (query.isSuccess && !isOpen(query.data) ? query.data : undefined);
  const succeeded = () => ended()?.status === 'succeeded';
  useActions(() =>
    succeeded()
      ? [
          {
            id: 'draft:publish',
            label: t`Publish v${props.version}`,
            keys: 'p',
            group: 'Page',
            run: () => setPublishing(true),
          },
        ]
      : [],
  );
  return (
    <Show when={ended()}>
      <section
        aria-label={t('After the test')}
        class="flex shrink-0 flex-wrap items-center gap-2 border-t bg-sunken px-5 py-2"
      >
        <p class="min-w-50 flex-1" role="status">
          {succeeded()
            ? t`The test succeeded. v${props.version} is still a draft.`
            : t`The test failed: v${props.version} stays a draft.`}
        </p>
        <ButtonLink
          to="/t/$tenant/tools/$toolId/edit"
          params={{ tenant: props.tenant, toolId: props.toolId }}
        >
          {t('Edit')}
        </ButtonLink>
        <Show when={succeeded()}>
          <Button variant="primary" keys="p" onClick={() => setPublishing(true)}>
            {t`Publish v${props.version}`}
          </Button>
        </Show>
        <Show when={publishing()}>
          <PublishDraftDialog
            toolId={props.toolId}
            version={props.version}
            onClose={() => setPublishing(false)}
            onPublished={() =>
              void navigate({
                to: '/t/$tenant/tools/$toolId',
                params: { tenant: props.tenant, toolId: props.toolId },
                search: {},
              })
            }
          />
        </Show>
      </section>
    </Show>
  );
}
