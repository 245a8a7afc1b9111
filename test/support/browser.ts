import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import packed from '@sparticuz/chromium';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { cacheDir } from '../../dev/paths.ts';

const screens = join(cacheDir, 'screens');
const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/**
 * Flags for cloud functions: a single process dies with its first tab, we test with the browser's security rules, and a
 * graphics card that the processor plays costs three times the processor time of drawing without one.
 */
const unwanted =
  /^--(single-process|no-zygote|disable-web-security|allow-running-insecure-content|disable-site-isolation-trials|ignore-gpu-blocklist|in-process-gpu|use-gl|use-angle|enable-unsafe-swiftshader)/;

/** Chromium from npm on Linux x64; elsewhere an installed Chrome. */
export async function startBrowser(): Promise<Browser> {
  const quiet = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-quic',
    '--no-first-run',
  ];
  if (process.platform === 'linux' && process.arch === 'x64') {
    return chromium.launch({
      executablePath: await packed.executablePath(),
      args: [...packed.args.filter((arg) => !unwanted.test(arg)), ...quiet],
      // A machine without a locale makes the language "en-US@posix", which no Intl function takes.
      env: { ...process.env, LC_ALL: 'en_US.UTF-8' },
    });
  }
  return chromium.launch({ channel: 'chrome', args: quiet });
}

/** What depends on colours. The rest of a page is the same in light and in dark. */
const rulesOfColours = ['color-contrast', 'link-in-text-block'];

/**
 * Proves that a page has no accessibility problem in light and in dark, except minor ones. Reported as `selector: rule`.
 * With TEST_SCREENS=true it saves a picture of each: drawing them takes as long as looking at them.
 */
export async function look(page: Page, name: string): Promise<void> {
  // The frame around a page comes before the page.
  await page
    .locator('h1')
    .first()
    .waitFor({ state: 'attached', timeout: 15_000 })
    .catch(() => undefined);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Half a fade has half the contrast.
    await page.evaluate(
      'Promise.all(document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime !== Infinity).map((each) => each.finished.catch(() => {})))',
    );
    if (process.env.TEST_SCREENS === 'true') await save(page, `${name}-${colorScheme}.png`);
    const rules = colorScheme === 'light' ? null : rulesOfColours;
    expect(await findings(page, rules), `${name}, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

async function save(page: Page, file: string): Promise<void> {
  mkdirSync(screens, { recursive: true });
  await page.screenshot({ path: join(screens, file) });
}

/** @param rules only these; null: all */
export async function findings(page: Page, rules: string[] | null = null): Promise<string[]> {
  // The page's content security policy forbids foreign scripts, so this one comes through the debugger.
  if (!(await page.evaluate('typeof axe === "object"'))) {
    const { readFile } = await import('node:fs/promises');
    await page.evaluate(await readFile(axeSource, 'utf8'));
  }
  // A menu stands outside of the landmarks, as a dialog does, which the rule knows: it has the focus while it is open.
  await page.evaluate(
    'axe.configure({ checks: [{ id: "region", options: { regionMatcher: "dialog, [role=dialog], [role=alertdialog], [role=menu], [role=listbox], svg" } }] })',
  );
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  const { violations } = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as {
    violations: { id: string; impact: string; nodes: { target: string[] }[] }[];
  };
  return violations
    .filter(({ impact }) => impact !== 'minor')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${target.join(' ')}: ${id}`));
}

/** Signs in on the page, with the keyboard. Resolves on a page of the person's organization. */
export async function signIn(
  page: Page,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/t\//);
  // What is around a page is drawn before the program hears keys.
  await page.locator('main h1').first().waitFor();
}
