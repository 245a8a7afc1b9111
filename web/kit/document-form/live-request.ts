import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { type ApiError, toApiError } from '../../api/api-error.ts';

/** The pause in typing after which a request is sent. */
const pauseMs = 400;

/** Sends an input to the server whenever it changes. Only the response to the latest input counts. */
export function createLiveRequest<Input, Response>(
  input: Accessor<Input>,
  send: (input: Input) => Promise<Response>,
) {
  const [response, setResponse] = createSignal<Response | null>(null);
  const [busy, setBusy] = createSignal(false);
  const [failed, setFailed] = createSignal<ApiError | null>(null);
  let latest = 0;
  const run = async (): Promise<void> => {
    const mine = ++latest;
    setBusy(true);
    try {
      const found = await send(input());
      if (mine !== latest) return;
      setResponse(() => found);
      setFailed(null);
    } catch (error) {
      if (mine === latest) setFailed(toApiError(error));
    } finally {
      if (mine === latest) setBusy(false);
    }
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  createEffect(
    on(input, () => {
      clearTimeout(timer);
      timer = setTimeout(() => void run(), pauseMs);
    }),
  );
  onCleanup(() => clearTimeout(timer));
  return {
    /** The last response; after a failure it may be older than the input. */
    response,
    busy,
    failed,
    /** Sends now. */
    run,
  };
}
