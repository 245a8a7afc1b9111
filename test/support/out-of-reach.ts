import type { Page } from 'playwright-core';

/**
 * The controls of a page that a person could not press, whatever they scroll: beyond the edge, or below something else.
 * Each as its name and why.
 */
export function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = 'button, a[href], input, select, textarea, [role=tab], [role=switch], [role=checkbox]';
    const found: string[] = [];
    const nameOf = (element: Element) =>
      element.getAttribute('aria-label') ??
      (element.textContent?.trim() || element.getAttribute('name') || element.tagName.toLowerCase());
    for (const element of [...document.querySelectorAll<HTMLElement>(controls)].slice(0, 400)) {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      if (element.closest('[aria-hidden=true], [inert], .sr-only') || element.matches(':disabled')) continue;
      element.scrollIntoView({ block: 'center', inline: 'nearest' });
      const box = element.getBoundingClientRect();
      // A skip link and the like stand outside until they have the focus.
      if (box.width < 2 || box.height < 2) continue;
      const y = box.top + box.height / 2;
      // A text that is cut short is still pressed where it is seen.
      const seen = [box.left + box.width / 2, box.left + Math.min(box.width / 2, 10)].map((x) =>
        x < 0 || y < 0 || x > innerWidth || y > innerHeight ? null : document.elementFromPoint(x, y),
      );
      const parts = element instanceof HTMLInputElement ? [element, ...(element.labels ?? [])] : [element];
      const isOwn = (top: Element | null) =>
        top !== null && parts.some((each) => each.contains(top) || top.contains(each));
      if (seen.some(isOwn)) continue;
      const top = seen.find((each) => each !== null);
      const why = top ? `covered by <${top.tagName.toLowerCase()}>` : 'outside of the page';
      found.push(`"${nameOf(element).slice(0, 60)}" is ${why}`);
    }
    return [...new Set(found)];
  });
}
