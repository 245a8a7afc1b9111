import type { Locator, Page } from 'playwright-core';
import { eventually } from '../eventually.ts';

/** What a person does with a page, by keys alone or by touch alone. */
export interface Hands {
  readonly page: Page;
  /** Presses a button, link or switch. */
  press(target: Locator): Promise<void>;
  /** Opens a menu and chooses. */
  menu(trigger: Locator, item: string | RegExp): Promise<void>;
  /** Replaces the text of an input. */
  fill(target: Locator, text: string): Promise<void>;
  choose(target: Locator, label: string): Promise<void>;
  /** Chooses of a list that follows what is typed. */
  pick(option: Locator): Promise<void>;
  check(target: Locator, checked?: boolean): Promise<void>;
  /** What is wrong with the pages, found on the way. Empties itself. */
  findings(): string[];
}

/** A button that has just appeared does nothing yet: it is there to be read first. */
const ready = async (target: Locator): Promise<void> => {
  await target.waitFor();
  await eventually(() => target.evaluate((node) => !node.matches('[aria-disabled=true], :disabled')));
};

/** Presses until the outcome is seen, where a re-render may take the place of what was pressed. */
const optionIndexes = (select: Locator, label: string): Promise<[number, number]> =>
  eventually(() =>
    select.evaluate((node, wanted) => {
      const { options, selectedIndex } = node as HTMLSelectElement;
      const at = [...options].findIndex(
        (option) => option.label.trim() === wanted || option.value === wanted,
      );
      if (at < 0)
        throw new Error(`No option ${wanted}: ${[...options].map((each) => each.label).join(', ')}`);
      return [selectedIndex, at] as [number, number];
    }, label),
  );

/** Tab, Enter, Space, arrows and letters. Never a pointer. */
export function keyHands(page: Page): Hands {
  const found: string[] = [];
  const isActive = (target: Locator): Promise<boolean> =>
    target.evaluate((node) => node === document.activeElement);
  /** Where the focus is, beside the target: -1 behind it, 1 before it, 0 nowhere. */
  const side = (target: Locator): Promise<number> =>
    target.evaluate((node) => {
      const active = document.activeElement;
      if (!active || active === document.body) return 0;
      return active.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING ? -1 : 1;
    });

  async function reach(target: Locator): Promise<void> {
    await ready(target);
    for (let turn = 0; turn < 2; turn += 1) {
      const key = (turn === 0) === (await side(target)) >= 0 ? 'Tab' : 'Shift+Tab';
      for (let at = 0; at < 120; at += 1) {
        if (await isActive(target)) return;
        await page.keyboard.press(key);
      }
    }
    throw new Error(`Tab does not lead to ${String(target)}`);
  }
  /** After a dialog or a button has gone, keys still begin where the person was. */
  async function kept(after: Locator): Promise<void> {
    const there = () => page.evaluate(() => document.activeElement !== document.body);
    await eventually(there, { timeoutMs: 2_000 }).catch(() =>
      found.push(`the focus is nowhere after ${String(after)}`),
    );
  }

  return {
    page,
    async press(target) {
      await reach(target);
      await page.keyboard.press('Enter');
      await kept(target);
    },
    async menu(trigger, item) {
      await reach(trigger);
      await page.keyboard.press('Enter');
      const wanted = page.getByRole('menuitem', { name: item }).first();
      await wanted.waitFor();
      await eventually(
        async () => {
          if (await isActive(wanted)) return true;
          await page.keyboard.press('ArrowDown');
          return isActive(wanted);
        },
        { everyMs: 50, timeoutMs: 10_000 },
      );
      await page.keyboard.press('Enter');
      await kept(trigger);
    },
    async fill(target, text) {
      await reach(target);
      const type = await target.getAttribute('type');
      if (type === 'date') {
        const [year, month, day] = text.split('-');
        await page.keyboard.type(`${month}${day}${year}`);
        return;
      }
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.insertText(text);
    },
    async pick(option) {
      await eventually(async () => {
        if ((await option.getAttribute('aria-selected')) === 'true') return true;
        await page.keyboard.press('ArrowDown');
        return false;
      });
      await page.keyboard.press('Enter');
    },
    async choose(target, label) {
      await reach(target);
      const [from, to] = await optionIndexes(target, label);
      for (let at = 0; at < Math.abs(to - from); at += 1) {
        await page.keyboard.press(to > from ? 'ArrowDown' : 'ArrowUp');
        if ((await optionIndexes(target, label))[0] === to) break;
      }
      const [chosen] = await optionIndexes(target, label);
      if (chosen !== to) found.push(`arrows do not choose ${label} of ${String(target)}`);
      await kept(target);
    },
    async check(target, checked = true) {
      await reach(target);
      if ((await target.isChecked()) !== checked) await page.keyboard.press('Space');
    },
    findings: () => found.splice(0),
  };
}

/** Taps and the keyboard of a phone. Never a mouse. */
export function touchHands(page: Page): Hands {
  const found: string[] = [];
  /** Large enough for a finger: 44 px, or a word of a text, which has the height of its line. */
  async function big(target: Locator): Promise<void> {
    const small = await target.evaluate((node) => {
      const labels = 'labels' in node ? [...((node as HTMLInputElement).labels ?? [])] : [];
      const areas = [node, ...labels].map((each) => each.getBoundingClientRect());
      const [left, top, right, bottom] = [
        Math.min(...areas.map((each) => each.left)),
        Math.min(...areas.map((each) => each.top)),
        Math.max(...areas.map((each) => each.right)),
        Math.max(...areas.map((each) => each.bottom)),
      ];
      const [width, height] = [right - left, bottom - top];
      const inText = node.matches('a') && node.closest('p, li, td, dd, h1, h2, h3') !== null;
      if (inText || (height >= 43.5 && width >= 43.5)) return null;
      return `${Math.round(width)} × ${Math.round(height)} px: ${(node.getAttribute('aria-label') ?? node.textContent ?? '').trim().slice(0, 40) || node.outerHTML.slice(0, 160)}`;
    });
    if (small) found.push(small);
  }
  async function fits(): Promise<void> {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    if (wide) found.push(`scrolls sideways: ${page.url()}`);
  }
  async function tap(target: Locator): Promise<void> {
    await ready(target);
    await fits();
    await target.scrollIntoViewIfNeeded();
    await big(target);
    await target.tap();
  }
  return {
    page,
    press: tap,
    async menu(trigger, item) {
      await tap(trigger);
      await tap(page.getByRole('menuitem', { name: item }).first());
    },
    async fill(target, text) {
      await tap(target);
      await target.fill(text);
    },
    pick: tap,
    // The system draws the list: it opens by a tap, and is as large as the system makes it.
    async choose(target, label) {
      await ready(target);
      await big(target);
      const [, to] = await optionIndexes(target, label);
      await target.selectOption({ index: to });
    },
    async check(target, checked = true) {
      await ready(target);
      if ((await target.isChecked()) !== checked) await tap(target);
    },
    findings: () => found.splice(0),
  };
}
