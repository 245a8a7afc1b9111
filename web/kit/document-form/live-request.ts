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
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;
  let running: Promise<void> = Promise.resolve();
  const run = (): Promise<void> => {
    clearTimeout(timer);
    running = request(++latest);
    return running;
  };
  const request = async (mine: number): Promise<void> => {
    setBusy(true);
    try {
      const found = await send(input());
      // Callers that wait for this response need the latest one.
      if (mine !== latest) return await running;
      setResponse(() => found);
      setFailed(null);
    } catch (error) {
      if (mine !== latest) return await running;
      setFailed(toApiError(error));
    } finally {
      if (mine === latest) setBusy(false);
    }
  };
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
    /** Sends now. Resolves with the response to the latest input. */
    run,
  };
}
