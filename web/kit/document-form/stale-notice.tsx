import { createSignal, Show } from 'solid-js';
import { rich, t } from '../../words/words.ts';
import { Button } from '../button.tsx';
import { Dialog } from '../dialog.tsx';
import { Diff } from '../diff/diff.tsx';
import { formatJson } from '../json-editor/json-document.ts';
import { RelativeTime } from '../relative-time.tsx';
import { type Document, useDocumentForm } from './document-form.ts';

/** What someone else has saved since the document was loaded. */
export interface Newer {
  /** Their name. */
  by: string;
  /** ISO 8601. */
  at: string;
  /** "v4" */
  name: string;
  document: Document;
  revision: number;
}

/** Someone else has saved first: says who and when, keeps what the person has typed, and offers to compare and go on. */
export function StaleNotice(props: {
  newer: Newer | null | undefined;
  /** "Keep my changes" */
  keep: string;
  /** After the changes are based on the newer document. */
  onKeep?: () => void;
  onTake?: () => void;
  busy: boolean;
  /** A document as text, without a secret that was just typed. Default: its JSON. */
  text?: (document: Document) => string;
}) {
  const form = useDocumentForm();
  const [comparing, setComparing] = createSignal(false);
  const text = (document: Document) => (props.text ?? formatJson)(document);
  const take = (newer: Newer) => {
    setComparing(false);
    form.replaceSaved(newer.document, newer.revision);
    props.onTake?.();
  };
  const keep = (newer: Newer) => {
    setComparing(false);
    form.rebase(newer.document, newer.revision);
    props.onKeep?.();
  };
  const choices = (newer: Newer) => (
    <>
      <Button onClick={() => take(newer)}>{t('Use their version')}</Button>
      <Button variant="danger" busy={props.busy} onClick={() => keep(newer)}>
        {props.keep}
      </Button>
    </>
  );
  return (
    <Show when={props.newer}>
      {(newer) => (
        <div
          class="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b bg-unknown-soft px-6 max-sm:px-4 py-1.5"
          role="alert"
        >
          <p class="min-w-0 flex-1">
            {rich`${() => newer().by} saved ${() => newer().name} ${<RelativeTime at={newer().at} />}, after you started. Your changes are not saved, and still here.`}
          </p>
          <Button onClick={() => setComparing(true)}>{t('See the difference')}</Button>
          {choices(newer())}
          <Dialog
            open={comparing()}
            onClose={() => setComparing(false)}
            title={t('Their version and yours')}
            description={t`${newer().name} by ${newer().by}, compared with your changes.`}
            width="760px"
            footer={
              <>
                <div class="flex-1" />
                {choices(newer())}
              </>
            }
          >
            <div class="px-5 pb-4">
              <Diff
                label={t('Their version and yours')}
                before={text(newer().document)}
                after={text(form.value())}
              />
            </div>
          </Dialog>
        </div>
      )}
    </Show>
  );
}
