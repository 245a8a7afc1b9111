import { Download } from 'lucide-solid';
import { createSignal } from 'solid-js';
import { downloadList } from '../api/download-list.ts';
import { useActions } from '../kit/actions.ts';
import { Button } from '../kit/button.tsx';
import { saveFile } from '../kit/download.ts';
import { t } from '../words/words.ts';
import { toastError } from './toasts.tsx';

/** Downloads every row that the filters select, loaded or not. */
export function CsvButton(props: {
  /** Such as `/api/exceptions.csv`. */
  path: string;
  filters: object;
}) {
  const [busy, setBusy] = createSignal(false);
  async function download(): Promise<void> {
    if (busy()) return;
    setBusy(true);
    const { path, filters } = props;
    try {
      saveFile(path.slice(path.lastIndexOf('/') + 1), await downloadList(path, filters), 'text/csv');
    } catch (error) {
      toastError(t('The list was not downloaded'), error);
    } finally {
      setBusy(false);
    }
  }
  useActions(() => [
    { id: 'list:csv', label: t('Download this list as CSV'), group: 'Page', run: () => void download() },
  ]);
  return (
    <Button
      variant="quiet"
      icon={Download}
      busy={busy()}
      title={t('Download every row of these filters')}
      onClick={() => void download()}
    >
      {t('CSV')}
    </Button>
  );
}
