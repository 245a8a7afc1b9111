/** What people have open. A step is a place within its run. */
export const presenceSubjects = ['exception', 'run'] as const;

/** What they do there, from the least to the most. */
export const presenceDoings = ['looking', 'commenting', 'completing'] as const;
export type PresenceDoing = (typeof presenceDoings)[number];

/** A page says so often that it is still there. */
export const beatMs = 5_000;
/** Then someone is gone who has said nothing: two beats may be lost. */
export const goneMs = 12_000;
