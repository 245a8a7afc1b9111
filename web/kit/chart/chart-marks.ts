/** How parts of bars are told apart without their colour, in their order. */
export const markings = ['full', 'stripes', 'dots', 'empty'] as const;
export type Marking = (typeof markings)[number];

/** How lines are. */
export const dashes: readonly number[][] = [[], [7, 4], [2, 3]];
