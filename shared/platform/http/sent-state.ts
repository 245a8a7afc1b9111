/** How far a request got: nothing was sent, the other side responded, or it is unknown. */
export type SentState = 'before' | 'responded' | 'unknown';
