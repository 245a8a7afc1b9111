import { Link } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { ButtonLink } from '../../kit/button.tsx';
import { JsonBlock } from '../../kit/code-block.tsx';
import { Sheet } from '../../kit/dialog.tsx';
import { Fact, Facts } from '../../kit/facts.tsx';
import { formatExactTime } from '../../kit/format.ts';
import { IdChip } from '../../kit/id-chip.tsx';
import { t } from '../../words/words.ts';
import { type AuditRow, auditWord, originWords, subjectLink, subjectWords } from './audit-words.ts';

/** One event, beside the list. */
export function AuditEventSheet(props: { tenant: string; event: AuditRow | null; onClose: () => void }) {
  return (
    <Show when={props.event}>
      {(event) => (
        <Sheet
          open
          onClose={props.onClose}
          width="480px"
          title={auditWord(event().type)}
          description={event().type}
          footer={
            <ButtonLink
              to="/t/$tenant/audit"
              params={{ tenant: props.tenant }}
              search={{ subjectType: event().subjectType, subjectId: event().subjectId }}
            >
              {t('Show all events about this')}
            </ButtonLink>
          }
        >
          <div class="flex flex-col gap-4 px-5 py-4">
            <Facts label={t('Event')}>
              <Fact label={t('About')}>
                <Show when={subjectLink(props.tenant, event())} fallback={subjectWords(event())}>
                  {(link) => (
                    <Link {...link()} class="text-accent hover:text-accent-hover">
                      {subjectWords(event())}
                    </Link>
                  )}
                </Show>{' '}
                <IdChip id={event().subjectId} />
              </Fact>
              <Fact label={t('Who')}>
                {event().actor.name} <IdChip id={event().actor.id} label={t('Copy ID of the actor')} />
              </Fact>
              <Fact label={t('Through')}>{originWords(event())}</Fact>
              <Fact label={t('When')}>
                <time datetime={event().createdAt}>{formatExactTime(event().createdAt)}</time>
              </Fact>
              <Fact label={t('Event')}>
                <IdChip id={event().id} />
              </Fact>
              <Show when={event().requestId}>
                {(id) => (
                  <Fact label={t('Request')}>
                    <IdChip id={id()} label={t('Copy request ID')} />
                  </Fact>
                )}
              </Show>
            </Facts>
            <Show when={Object.keys(event().data).length > 0}>
              <JsonBlock value={event().data} label={t('Details')} />
            </Show>
          </div>
        </Sheet>
      )}
    </Show>
  );
}
