import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/**
 * The longest files first, so that none of them is alone at the end. Whole products are spread over the first two thirds:
 * two or three of them at once leave time for the others.
 */
export class ProductAmongOthers extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    // How long a file took is known from the second run on only.
    const sorted = await super.sort(specifications);
    const products = sorted.filter(({ project }) => project.name === 'product');
    const others = sorted
      .filter(({ project }) => project.name !== 'product')
      .sort((one, other) => rank(one) - rank(other));
    const real = others.filter(({ project }) => project.name !== 'unit').length;
    const every = Math.max(1, Math.floor((real * 2) / 3 / Math.max(1, products.length)));
    const order: TestSpecification[] = [];
    for (const [index, other] of others.entries()) {
      if (index % every === 0) order.push(...products.splice(0, 1));
      order.push(other);
    }
    return [...order, ...products];
  }
}

/** A file with a process of its own ends a process that files share. Faults wait for timeouts. */
function rank({ project, moduleId }: TestSpecification): number {
  if (project.name === 'alone') return 0;
  if (project.name === 'unit') return 3;
  return moduleId.includes('/test/faults/') ? 1 : 2;
}
