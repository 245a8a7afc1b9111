import { toast, toastError } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { executeCurl } from './curl.ts';

/** Copies the curl command that executes a tool. */
export async function copyCurl(call: Omit<Parameters<typeof executeCurl>[0], 'origin'>): Promise<void> {
  try {
    await navigator.clipboard.writeText(executeCurl({ origin: location.origin, ...call }));
    toast(t('Copied as curl. Set $API_KEY to an API key.'));
  } catch (error) {
    toastError(t('The command was not copied'), error);
  }
}
