import { ListPlus } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import { Button } from '../../../../kit/button.tsx';
import { Dialog } from '../../../../kit/dialog.tsx';
import { t } from '../../../../words/words.ts';
import { type Operation, OperationList } from '../../parts/operation-list.tsx';
import { useToolForm } from '../tool-form-state.ts';

/** Fills the form with an operation of the connector. What the tool is called stays, once it has a name. */
export function OperationPicker(props: { connectorId: string }) {
  const form = useToolForm();
  const [open, setOpen] = createSignal(false);
  const pick = ({ tool }: Operation) => {
    const now = form.value();
    const named = ['name', 'title', 'description'].filter((key) => form.text(`/${key}`) !== '');
    const kept = Object.fromEntries(named.map((key) => [key, now[key]]));
    const before = Object.fromEntries(Object.entries(now).filter(([key]) => key !== 'outputSchema'));
    const config = isObject(tool?.config) ? tool.config : {};
    form.document.replace({
      ...before,
      ...tool,
      ...kept,
      config: { ...config, connectorId: props.connectorId },
    });
    setOpen(false);
  };
  return (
    <>
      <div>
        <Button icon={ListPlus} onClick={() => setOpen(true)}>
          {t('Choose an operation')}
        </Button>
      </div>
      <Show when={open()}>
        <Dialog open onClose={() => setOpen(false)} title={t('Choose an operation')} width="640px">
          <div class="px-5 pb-4">
            <OperationList
              connectorId={props.connectorId}
              action={(operation) => (
                <Button aria-label={t`Use ${operation.title}`} onClick={() => pick(operation)}>
                  {t('Use')}
                </Button>
              )}
            />
          </div>
        </Dialog>
      </Show>
    </>
  );
}
