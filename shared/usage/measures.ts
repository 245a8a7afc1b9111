/** What is counted. */
export const measures = ['execution', 'run', 'step', 'exception_opened', 'exception_resolved'] as const;
export type Measure = (typeof measures)[number];

export const noId = '00000000-0000-0000-0000-000000000000';
