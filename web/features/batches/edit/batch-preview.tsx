import { Button } from '../../../kit/button.tsx';
import { Section } from '../../../kit/page-header.tsx';
import { BatchRequests, type BatchPreview as Preview } from '../parts/batch-requests.tsx';

/** Every request of a batch, and the button that sends them. */
export function BatchPreview(props: { preview: Preview; busy: boolean; onStart: () => void }) {
  const total = () => props.preview.counts.total;
  return (
    <Section title="Preview">
      <BatchRequests preview={props.preview} />
      <div class="pt-3">
        <Button variant="primary" busy={props.busy} onClick={props.onStart}>
          Start {total() === 1 ? '1 call' : `${total()} calls`}
        </Button>
      </div>
    </Section>
  );
}
