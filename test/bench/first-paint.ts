import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import type { Screen } from '../screens/screens.ts';
import { eventually } from '../support/eventually.ts';

/** Bytes in a second, and milliseconds of each round trip. */
const slow = { downloadThroughput: 50_000, uploadThroughput: 50_000, latency: 400, offline: false };

export interface Visit {
  page: string;
  paintMs: number;
  /** Answered by the server before it: the document, and what the browser had not kept. */
  askedBefore: number;
  kbBefore: number;
  /** Of the whole visit. */
  requests: number;
  shift: number;
}

interface Aims {
  paintMs: number;
  shift: number;
}
export const aims: Aims = { paintMs: 1_000, shift: 0.01 };

const median = (all: number[]): number => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!;

const watchShift = `
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) window.shift += each.value;
  }).observe({ type: 'layout-shift', buffered: true });`;

const firstPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const paint = list.getEntriesByName('first-contentful-paint')[0];
    if (!paint) return;
    const sent = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .filter((each) => each.transferSize > 0 && each.responseStart < paint.startTime);
    resolve({
      ms: Math.round(paint.startTime),
      asked: sent.length,
      kb: Math.round(sent.reduce((sum, each) => sum + each.transferSize, 0) / 1024),
    });
  }).observe({ type: 'paint', buffered: true });
})`;

/** What a person who knows a page sees of it over a slow connection: the second, third and fourth visit. */
export async function visitPage(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0],
  screen: Screen,
  path: string,
): Promise<Visit> {
  const context = await browser.newContext({ ...options, viewport: { width: 1360, height: 850 } });
  try {
    const first = await openPage(context);
    await first.page.goto(path);
    await first.untilQuiet();
    await first.page.close();
    const paints: { ms: number; asked: number; kb: number }[] = [];
    for (let visit = 0; visit < 3; visit += 1) {
      const { page, cdp, requests, untilQuiet } = await openPage(context);
      await cdp.send('Network.emulateNetworkConditions', slow);
      await page.addInitScript(watchShift);
      await page.goto(path, { waitUntil: 'commit' });
      paints.push((await page.evaluate(firstPaint)) as (typeof paints)[number]);
      if (visit === 2) {
        await untilQuiet();
        const shift = (await page.evaluate('window.shift')) as number;
        const at = paints.find(({ ms }) => ms === median(paints.map((each) => each.ms)))!;
        return {
          page: screen.name,
          paintMs: at.ms,
          askedBefore: at.asked,
          kbBefore: at.kb,
          requests: requests(),
          shift: Number(shift.toFixed(3)),
        };
      }
      await page.close();
    }
    throw new Error('unreachable');
  } finally {
    await context.close();
  }
}

interface Opened {
  page: Page;
  cdp: CDPSession;
  /** How many the network has answered. */
  requests(): number;
  /** Nothing was asked for and nothing was loading for half a second; the live stream does not count. */
  untilQuiet(): Promise<void>;
}

async function openPage(context: BrowserContext): Promise<Opened> {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  const open = new Set<string>();
  let since = performance.now();
  let answered = 0;
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.includes('/events/stream')) return;
    open.add(requestId);
  });
  const ended = ({ requestId }: { requestId: string }) => {
    if (open.delete(requestId)) since = performance.now();
  };
  cdp.on('Network.responseReceived', ({ response }) => {
    if (!response.fromDiskCache) answered += 1;
  });
  cdp.on('Network.loadingFinished', ended);
  cdp.on('Network.loadingFailed', ended);
  return {
    page,
    cdp,
    requests: () => answered,
    untilQuiet: async () => {
      await page.waitForLoadState('load');
      await eventually(() => open.size === 0 && performance.now() - since > 500, {
        timeoutMs: 20_000,
        everyMs: 50,
      });
    },
  };
}
