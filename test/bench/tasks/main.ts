import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContext } from 'playwright-core';
import { signIn, startBrowser } from '../../support/browser.ts';
import { eventually } from '../../support/eventually.ts';
import { type DevJson, freshFolder, removeFolder, startProduct } from '../../support/product.ts';
import { machine } from '../report.ts';
import { Hands, type Wait, watchPage } from './hands.ts';
import { createDesk, type Desk, type Rest, type Task, tasks } from './task-list.ts';

// `npm run bench:tasks`: what people do at a desk, done in Chromium by mouse alone and by keyboard alone: clicks, keys, and
// how long the product makes them wait. `--only undo`: tasks whose title has this. `--runs 1`. `--dev <file>`: the product
// whose dev.json this is, instead of a new one.

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    runs: { type: 'string', default: '5' },
    dev: { type: 'string' },
  },
});
const hands = ['mouse', 'keyboard'] as const;
type By = (typeof hands)[number];

interface Done {
  clicks: number;
  keys: number;
  typed: number;
  waitedMs: number;
  readingMs: number;
  longest: Wait;
}

const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

const caller =
  (dev: DevJson, tenant: string): Rest =>
  async (method, path, body) => {
    const response = await fetch(dev.apiUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${dev.apiKeys[tenant]}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };

async function perform(task: Task, by: By, desk: Desk, context: BrowserContext): Promise<Done> {
  const subject = await task.prepare(desk);
  const page = await context.newPage();
  try {
    page.setDefaultTimeout(20_000);
    await page.goto(`/t/${task.tenant}/${subject.start}`, { waitUntil: 'networkidle' });
    const at = new Hands(page);
    await at.see();
    at.waits.length = 0;
    await task[by](at, subject);
    await at.done();
    await eventually(() => task.check(desk, subject, page), { timeoutMs: 20_000 });
    return {
      clicks: at.clicks,
      keys: at.keys,
      typed: at.typed,
      waitedMs: at.waits.reduce((sum, { ms }) => sum + ms, 0),
      readingMs: at.readingMs,
      longest: at.waits.toSorted((a, b) => b.ms - a.ms)[0]!,
    };
  } catch (error) {
    await page.screenshot({ path: `.cache/screens/task-${by}.png` });
    throw new Error(`${task.title}, by ${by}`, { cause: error });
  } finally {
    await task.clean?.(desk, subject, page);
    await page.close();
  }
}

async function measure(dev: DevJson, browser: Browser): Promise<void> {
  const desk = await createDesk(dev, caller(dev, 'acme'), caller(dev, 'globex'));
  const contexts = new Map<string, BrowserContext>();
  const chosen = tasks.filter(({ title }) => title.toLowerCase().includes(options.only.toLowerCase()));
  const results = new Map<string, Done[]>();
  for (let run = 0; run < Number(options.runs); run += 1)
    for (const task of chosen) {
      let context = contexts.get(task.who);
      if (!context) {
        context = await browser.newContext({
          baseURL: dev.webUrl,
          viewport: { width: 1440, height: 900 },
        });
        await context.addInitScript(watchPage);
        const first = await context.newPage();
        await signIn(first, dev.users.find(({ email }) => email === task.who)!);
        await first.close();
        contexts.set(task.who, context);
      }
      for (const by of hands) {
        const done = await perform(task, by, desk, context);
        const key = `${task.title} ${by}`;
        results.set(key, [...(results.get(key) ?? []), done]);
        console.error(`${run + 1} ${key}`, JSON.stringify(done));
      }
    }
  const of = (task: Task, by: By, read: (done: Done) => number): number =>
    median(results.get(`${task.title} ${by}`)!.map(read));
  console.log(`${options.runs} runs, ${machine()}\n`);
  console.log(
    '| task | clicks | typed | waited (s) | keys | typed | waited (s) | reading (s) | longest step (s) |\n|---|---|---|---|---|---|---|---|---|',
  );
  for (const task of chosen) {
    const longest = Math.max(...hands.map((by) => of(task, by, ({ longest }) => longest.ms)));
    const cells = [
      task.title,
      of(task, 'mouse', ({ clicks }) => clicks),
      of(task, 'mouse', ({ typed }) => typed),
      seconds(of(task, 'mouse', ({ waitedMs }) => waitedMs)),
      of(task, 'keyboard', ({ keys }) => keys),
      of(task, 'keyboard', ({ typed }) => typed),
      seconds(of(task, 'keyboard', ({ waitedMs }) => waitedMs)),
      seconds(of(task, 'keyboard', ({ readingMs }) => readingMs)),
      (longest / 1_000).toFixed(2),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

const dir = options.dev ? null : await freshFolder({ pages: 'built' });
const product = dir ? await startProduct(dir) : null;
const browser = await startBrowser();
try {
  await measure(product?.dev ?? (JSON.parse(readFileSync(options.dev!, 'utf8')) as DevJson), browser);
} finally {
  await browser.close();
  await product?.stop();
  if (dir) removeFolder(dir);
}
