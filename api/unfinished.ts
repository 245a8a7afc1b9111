/** Marks a procedure whose work is under way. */
export function unfinished(): never {
  throw new Error('unfinished');
}
