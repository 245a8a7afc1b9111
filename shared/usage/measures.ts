/** What is counted. */
export const measures = ['execution', 'run', 'step', 'exception_opened', 'exception_resolved'] as const;
export type Measure = (typeof measures)[number];

/** Executions by who calls and through which door. A process of the version before reads no counts of this name. */
export const doorMeasure = 'execution_door';

export const noId = '00000000-0000-0000-0000-000000000000';
