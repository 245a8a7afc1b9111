import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { Issue } from '../../../shared/platform/error-codes.ts';
import { type ApiError, toApiError } from '../../api/api-error.ts';

/** The pause in typing after which the server checks the document. */
const checkAfterMs = 400;

/** Keeps asking the server for the issues of a document that changes; a response that comes too late is dropped. */
export function createDocumentCheck<Document>(
  document: Accessor<Document>,
  check: (document: Document) => Promise<readonly Issue[]>,
) {
  const [issues, setIssues] = createSignal<readonly Issue[]>([]);
  const [checking, setChecking] = createSignal(false);
  const [failed, setFailed] = createSignal<ApiError | null>(null);
  let latest = 0;
  const run = async (): Promise<void> => {
    const mine = ++latest;
    setChecking(true);
    try {
      const found = await check(document());
      if (mine !== latest) return;
      setIssues(found);
      setFailed(null);
    } catch (error) {
      if (mine === latest) setFailed(toApiError(error));
    } finally {
      if (mine === latest) setChecking(false);
    }
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  createEffect(
    on(document, () => {
      clearTimeout(timer);
      timer = setTimeout(() => void run(), checkAfterMs);
    }),
  );
  onCleanup(() => clearTimeout(timer));
  return { issues, checking, failed, run };
}
