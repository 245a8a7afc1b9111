/** When work that no caller waits for gives way to requests. */
export interface QuietMoments {
  /** A request of this process has come, or has its response. */
  busy(): void;
  /** Resolves in a pause between requests; at once while this process has much to do, and always after a moment. */
  next(): Promise<void>;
}

/** Requests that follow each other leave shorter pauses. */
const pauseMs = 10;
/** What has waited goes one by one, so that the request after the pause does not find all of it under way. */
const stepMs = 5;
const longestMs = 250;

interface Waiting {
  since: number;
  go(): void;
}

/** @param isCrowded whether what waits would be in the way of requests */
export function createQuietMoments(isCrowded: () => boolean): QuietMoments {
  const waiting: Waiting[] = [];
  let busyAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | null = null;

  function look(): void {
    const now = performance.now();
    let mayGo = now - busyAt >= pauseMs;
    for (let [first] = waiting; first; [first] = waiting) {
      if (!mayGo && now - first.since < longestMs && !isCrowded()) break;
      mayGo = false;
      waiting.shift();
      first.go();
    }
    if (waiting.length === 0 || timer) return;
    timer = setTimeout(() => {
      timer = null;
      look();
    }, stepMs);
  }

  return {
    busy() {
      busyAt = performance.now();
    },
    next() {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ since: performance.now(), go: resolve });
      look();
      return promise;
    },
  };
}
