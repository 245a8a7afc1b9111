import type { Locator, Page } from 'playwright-core';

/** Nothing changes on the page for so long: it has settled. */
const quietMs = 150;

/**
 * Runs in the page: knows when the last input was, and when the page has last changed or got a response. The live stream
 * is no request that someone waits for.
 */
export const watchPage = `(() => {
  const now = () => performance.now();
  const watch = { input: 0, last: 0, open: 0 };
  const touch = () => { watch.last = now(); };
  new MutationObserver(touch).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const real = window.fetch;
  window.fetch = async (...args) => {
    watch.open += 1;
    try { return await real(...args); } finally { watch.open -= 1; touch(); }
  };
  for (const type of ['pointerdown', 'keydown', 'change'])
    addEventListener(type, () => { watch.input = now(); touch(); }, { capture: true });
  watch.settled = () => new Promise((resolve) => {
    const look = () => {
      if (watch.open === 0 && now() - watch.last >= ${quietMs} && document.readyState === 'complete')
        resolve(Math.max(0, watch.last - watch.input));
      else setTimeout(look, 10);
    };
    look();
  });
  window.taskWatch = watch;
})()`;

export interface Wait {
  /** The input after which the page was waited for. */
  after: string;
  ms: number;
}

/** Does what a person does, and counts it. */
export class Hands {
  clicks = 0;
  keys = 0;
  typed = 0;
  readonly waits: Wait[] = [];
  /** Time in which a button that decides cannot be pressed yet, so that people read what they decide on. */
  readingMs = 0;
  #last = 'start';

  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the page has settled and shows this, ready to be pressed. */
  async see(target?: Locator): Promise<void> {
    let ms = await this.#settled();
    if (target) {
      if (!(await target.isVisible())) {
        await target.waitFor();
        ms = await this.#settled();
      }
      this.readingMs += await armed(target);
    }
    this.waits.push({ after: this.#last, ms });
  }

  async click(target: Locator, modifiers: ('Shift' | 'Control')[] = []): Promise<void> {
    await this.see(target);
    await target.click({ modifiers });
    this.clicks += 1;
    this.#last = `click ${String(target)}`;
  }

  /** Presses keys, one after the other; a chord is one. @param at what is on screen before the first */
  async press(keys: string, at?: Locator): Promise<void> {
    for (const [index, key] of keys.split(' ').entries()) {
      await this.see(index === 0 ? at : undefined);
      await this.page.keyboard.press(key);
      this.keys += 1;
      this.#last = `key ${key}`;
    }
  }

  /** Moves the focus by Tab until it is on this. */
  async tabTo(target: Locator, key = 'Tab'): Promise<void> {
    await this.see(target);
    for (let at = 0; at < 80; at += 1) {
      if (await target.evaluate('(node) => node === document.activeElement')) return;
      await this.page.keyboard.press(key);
      this.keys += 1;
    }
    throw new Error(`Tab does not lead to ${String(target)}`);
  }

  /** Types into what has the focus. */
  async type(text: string): Promise<void> {
    await this.see();
    await this.page.keyboard.type(text);
    this.typed += text.length;
    this.#last = 'typing';
  }

  /** Pastes into what has the focus: one key. */
  async paste(text: string): Promise<void> {
    await this.see();
    await this.page.keyboard.insertText(text);
    this.keys += 1;
    this.#last = 'paste';
  }

  /** Opens a select and chooses: two clicks. The list itself is drawn by the system, out of reach. */
  async choose(target: Locator, label: string): Promise<void> {
    await this.see(target);
    await target.selectOption({ label });
    this.clicks += 2;
    this.#last = `choice of ${label}`;
  }

  /** After the last input. */
  async done(): Promise<void> {
    await this.see();
  }

  #settled(): Promise<number> {
    return this.page.evaluate('window.taskWatch.settled()') as Promise<number>;
  }
}

/** Waits until what is seen can be pressed. @returns how long that took */
const armed = (target: Locator): Promise<number> =>
  target.evaluate(`(node) => new Promise((resolve) => {
    const from = performance.now();
    const look = () => {
      if (node.getAttribute('aria-disabled') === 'true' || node.disabled) setTimeout(look, 10);
      else resolve(performance.now() - from);
    };
    look();
  })`) as Promise<number>;
