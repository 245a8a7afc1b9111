import { type Accessor, createSignal } from 'solid-js';
import { type ApiError, toApiError } from '../api/api-error.ts';

export interface Submission {
  busy: Accessor<boolean>;
  /** Why the latest attempt failed. */
  error: Accessor<ApiError | undefined>;
  /** Does nothing while an earlier attempt is running. */
  submit: () => Promise<void>;
}

/** Sends a form, one attempt at a time. */
export function createSubmission(send: () => Promise<unknown>): Submission {
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<ApiError>();
  async function submit(): Promise<void> {
    if (busy()) return;
    setBusy(true);
    setError(undefined);
    try {
      await send();
    } catch (failure) {
      setError(toApiError(failure));
    } finally {
      setBusy(false);
    }
  }
  return { busy, error, submit };
}
