import { For, Show } from 'solid-js';
import { useCan } from '../../api/me.ts';
import { useQuery } from '../../api/query.ts';
import { queries } from '../../api/trpc.ts';
import { BelowLoading } from '../../kit/below-loading.tsx';
import { Markdown } from '../../kit/markdown.tsx';
import { RelativeTime } from '../../kit/relative-time.tsx';
import { t } from '../../words/words.ts';
import { AttributesTable } from '../exceptions/parts/attributes-table.tsx';
import { CommentBox } from '../exceptions/parts/comment-box.tsx';
import { CommentMarkdown } from '../exceptions/parts/comment-text.tsx';
import { ExceptionAttachments } from '../exceptions/parts/exception-attachments.tsx';
import { EarlierResults } from '../playbooks/parts/step-panel/earlier-results.tsx';
import { stepTypeView } from '../playbooks/parts/steps/registry.ts';
import type { StepItem } from './inbox-rows.ts';

/** How much of the timeline is looked through for the latest comments. */
export const timelinePage = 50;
const shownComments = 3;

/** The case that a step or an execution belongs to: what is known, what was said, and its files. */
export function CaseContext(props: { exceptionId: string; step: StepItem | undefined }) {
  const can = useCan();
  const exception = useQuery(() => queries.exceptions.get({ id: props.exceptionId }));
  const domains = useQuery(() => ({ ...queries.exceptions.domains(), staleTime: 60_000 }));
  const timeline = useQuery(() =>
    queries.exceptions.timeline({ id: props.exceptionId, limit: timelinePage }),
  );
  const found = () => (exception.isSuccess ? exception.data : undefined);
  const schema = () =>
    domains.isSuccess
      ? domains.data.items.find(({ name }) => name === found()?.domain)?.attributeSchema
      : undefined;
  const comments = () =>
    (timeline.isSuccess ? timeline.data.items : [])
      .flatMap((item) => (item.kind === 'comment' ? [item.comment] : []))
      .slice(-shownComments);
  /** Approvals and decisions show these themselves. */
  const results = () => {
    const { step } = props.step ?? {};
    return step && !stepTypeView(step.type).needsEarlierResults ? step : undefined;
  };
  return (
    <section aria-label={t('Case')} class="flex flex-col gap-4 border-t pt-4 xl:border-t-0 xl:pt-0">
      <Show when={found()?.description}>
        {(text) => (
          <section aria-label={t('Description')} class="flex flex-col gap-1">
            <h3 class="label-caps">{t('Description')}</h3>
            <Markdown text={text()} />
          </section>
        )}
      </Show>
      <Show when={Object.keys(found()?.attributes ?? {}).length > 0 && found()}>
        {(of) => (
          <section aria-label={t('Facts')} class="flex flex-col gap-1">
            <h3 class="label-caps">{t('Attributes')}</h3>
            <AttributesTable attributes={of().attributes} schema={schema()} />
          </section>
        )}
      </Show>
      <Show when={results()}>{(step) => <EarlierResults step={step()} onShown={() => {}} />}</Show>
      <BelowLoading>
        <section aria-label={t('Comments')} class="flex flex-col gap-2">
          <h3 class="label-caps">{t('Comments')}</h3>
          <For
            each={comments()}
            fallback={
              <Show when={timeline.isSuccess}>
                <p class="text-faint">{t('No comments yet.')}</p>
              </Show>
            }
          >
            {(comment) => (
              <div>
                <p class="text-muted text-sm">
                  {comment.author.name}, <RelativeTime at={comment.createdAt} />
                </p>
                <CommentMarkdown comment={comment} />
              </div>
            )}
          </For>
          <Show when={can('exceptions.write')}>
            <CommentBox exceptionId={props.exceptionId} />
          </Show>
        </section>
        <section aria-label={t('Attachments')} class="flex flex-col gap-1">
          <h3 class="label-caps">{t('Files')}</h3>
          <ExceptionAttachments exceptionId={props.exceptionId} />
        </section>
      </BelowLoading>
    </section>
  );
}
