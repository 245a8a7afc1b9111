import { Button } from '../../../kit/button.tsx';
import { Section } from '../../../kit/page-header.tsx';
import { counted, t } from '../../../words/words.ts';
import { BatchRequests, type BatchPreview as Preview } from '../parts/batch-requests.tsx';

/** Every request of a batch, and the button that sends them. */
export function BatchPreview(props: { preview: Preview; busy: boolean; onStart: () => void }) {
  const total = () => props.preview.counts.total;
  return (
    <Section title={t('Preview')}>
      <BatchRequests preview={props.preview} />
      <div class="pt-3">
        <Button variant="primary" busy={props.busy} onClick={props.onStart}>
          {counted(total(), 'Start 1 call|Start {0} calls')}
        </Button>
      </div>
    </Section>
  );
}
