import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { Issue } from '../../../shared/platform/error-codes.ts';
import { type ApiError, toApiError } from '../../api/api-error.ts';
import { api } from '../../api/trpc.ts';
import { inDocument } from '../../features/playbooks/edit/step-issues.ts';
import type { Document } from '../../features/playbooks/parts/outline.ts';

/** How long after the last change the server is asked whether the document holds together. */
const checkAfterMs = 400;

/** What keeps a document from being published, asked for as it changes; answers that were overtaken are dropped. */
export function createDocumentCheck(document: Accessor<Document>) {
  const [issues, setIssues] = createSignal<readonly Issue[]>([]);
  const [checking, setChecking] = createSignal(false);
  const [failed, setFailed] = createSignal<ApiError | null>(null);
  let asked = 0;
  const check = async () => {
    const mine = ++asked;
    setChecking(true);
    try {
      const { issues: found } = await api.playbooks.check.mutate({ document: document() });
      if (mine !== asked) return;
      setIssues(found.map(inDocument));
      setFailed(null);
    } catch (error) {
      if (mine === asked) setFailed(toApiError(error));
    } finally {
      if (mine === asked) setChecking(false);
    }
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  createEffect(
    on(document, () => {
      clearTimeout(timer);
      timer = setTimeout(() => void check(), checkAfterMs);
    }),
  );
  onCleanup(() => clearTimeout(timer));
  return { issues, checking, failed };
}
