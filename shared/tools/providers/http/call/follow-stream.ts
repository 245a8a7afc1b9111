import type { JsonValue } from '../../../../platform/json.ts';
import type { ResponseHead } from '../../../../platform/server/egress/egress.ts';
import type { CallContext } from '../../../server/provider.ts';
import type { HttpConfig } from '../config.ts';
import { createStreamReader, type StreamKind, type StreamReader, streamKindOf } from './stream-reader.ts';

/** A response that is shown while it comes. What is shown decides nothing: the whole body is read again at its end. */
export interface FollowedStream {
  onPiece(piece: Buffer, head: ResponseHead): void;
  /** Aborts with the call, and when the response has been silent for too long. */
  signal: AbortSignal;
  isSilent(): boolean;
  /** What a silent host did. */
  silence: string;
  /** The response is complete. */
  end(): void;
  /** The response has failed; both release what it holds. */
  stop(): void;
}

const defaultIdleMs = 30_000;
const longestItem = 65_536;

export function followStream(
  { stream, streamIdleMs = defaultIdleMs }: HttpConfig,
  { signal, onOutput }: Pick<CallContext, 'signal' | 'onOutput'>,
): FollowedStream {
  const idle = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  /** Of the response that comes now; null: it is not shown, or no longer. */
  let reader: StreamReader | null = null;
  let head: ResponseHead | null = null;

  function begin(kind: StreamKind | null, contentType: string | undefined): void {
    const shownAs = kind === 'text' ? 'text' : 'data';
    const onItem = (value: JsonValue) => onOutput?.({ kind: shownAs, value });
    reader = kind && createStreamReader(kind, { contentType, onItem, maxItemCharacters: longestItem });
  }

  /** An item that cannot be read, or is too long, ends what is shown; the result says what is wrong. */
  function show(work: (reader: StreamReader) => void): void {
    try {
      if (reader) work(reader);
    } catch {
      reader = null;
    }
  }

  const stop = () => clearTimeout(timer);
  return {
    onPiece(piece, next) {
      clearTimeout(timer);
      timer = setTimeout(() => idle.abort(new Error('silent')), streamIdleMs);
      if (head?.status !== next.status || head.headers !== next.headers) {
        head = next;
        const contentType = [next.headers['content-type']].flat()[0];
        const isShown = next.status >= 200 && next.status <= 299;
        begin(isShown ? streamKindOf(stream, contentType) : null, contentType);
      }
      show((each) => each.push(piece));
    },
    signal: AbortSignal.any([signal, idle.signal]),
    isSilent: () => idle.signal.aborted && !signal.aborted,
    silence: `began its response and was then silent for ${streamIdleMs / 1000} s`,
    end() {
      stop();
      show((each) => each.end());
    },
    stop,
  };
}
