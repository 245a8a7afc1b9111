/** What has a text of its own in the index of the search. */
export const searchSubjects = ['execution', 'exception', 'run'] as const;
export type SearchSubject = (typeof searchSubjects)[number];
