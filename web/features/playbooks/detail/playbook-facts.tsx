import { For, Show } from 'solid-js';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { CopyButton } from '../../../kit/copy-button.tsx';
import { Fact, Facts } from '../../../kit/facts.tsx';
import { formatList, formatNumber } from '../../../kit/format.ts';
import { IdChip } from '../../../kit/id-chip.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { rich, t } from '../../../words/words.ts';
import { stepPaths, textOf } from '../parts/outline.ts';
import { bareExpression, type Playbook, shownDocument } from '../parts/playbook-words.ts';

/** The narrow column: identity, history, and the exceptions that it is for. */
export function PlaybookFacts(props: { playbook: Playbook }) {
  const triggers = () => {
    const { triggers } = shownDocument(props.playbook);
    return Array.isArray(triggers) ? triggers.filter(isObject) : [];
  };
  return (
    <Facts>
      <Fact label={t('Name')}>
        <span class="inline-flex items-center gap-0.5">
          <code class="break-all font-mono text-sm">{props.playbook.name}</code>
          <CopyButton text={props.playbook.name} label={t('Copy name')} />
        </span>
      </Fact>
      <Fact label={t('ID')}>
        <IdChip id={props.playbook.id} label={t('Copy playbook ID')} />
      </Fact>
      <Fact label={t('Steps')}>{formatNumber(stepPaths(shownDocument(props.playbook)).length)}</Fact>
      <Fact label={t('Open runs')}>{formatNumber(props.playbook.openRuns)}</Fact>
      <Fact label={t('For exceptions')}>
        <Show when={triggers().length > 0} fallback={t('All')}>
          <ul class="flex flex-col gap-1">
            <For each={triggers()}>{(trigger) => <li>{triggerWords(trigger)}</li>}</For>
          </ul>
        </Show>
      </Fact>
      <Fact label={t('Updated')}>
        <RelativeTime at={props.playbook.updatedAt} />
      </Fact>
      <Fact label={t('Created')}>
        {rich`${<RelativeTime at={props.playbook.createdAt} />} by ${() => props.playbook.createdBy.name}`}
      </Fact>
    </Facts>
  );
}

/** "payments, high or critical, where amount > 100" */
function triggerWords(trigger: Record<string, unknown>): string {
  const severities = Array.isArray(trigger.severities) ? trigger.severities.map(String) : [];
  const when = textOf(trigger, 'when');
  return [
    textOf(trigger, 'domain') || t('Any domain'),
    formatList(severities, 'disjunction'),
    when && t`where ${bareExpression(when)}`,
  ]
    .filter(Boolean)
    .join(', ');
}
