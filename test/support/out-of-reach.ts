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
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) {
        found.push(`"${nameOf(element).slice(0, 60)}" is outside of the page`);
        continue;
      }
      const top = document.elementFromPoint(x, y);
      const label = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
      const own = [element, ...label].some((each) => each.contains(top) || top?.contains(each));
      if (top && !own)
        found.push(`"${nameOf(element).slice(0, 60)}" is covered by <${top.tagName.toLowerCase()}>`);
    }
    return [...new Set(found)];
  });
}
