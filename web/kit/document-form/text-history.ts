/** Changes that follow each other within this time, and are as small as typing, are one. */
const togetherMs = 800;
/** With the title of a step its ID may change too. */
const mostTyped = 8;
const mostSteps = 300;
/** All texts together, in characters. */
const mostText = 20_000_000;

/** The texts that a document had, for undo and redo. It keeps exact texts: what was not valid JSON comes back as it was. */
export function createTextHistory(initial: string, now: () => number = Date.now) {
  const past: string[] = [];
  let future: string[] = [];
  let present = initial;
  let changedAt = Number.NEGATIVE_INFINITY;
  let isAlone = false;
  const step = (from: string[], to: string[]): string | null => {
    const text = from.pop();
    if (text === undefined) return null;
    to.push(present);
    present = text;
    changedAt = Number.NEGATIVE_INFINITY;
    return text;
  };
  return {
    /** Call it with the text after each change. */
    record: (text: string) => {
      if (text === present) return;
      const at = now();
      const isTyping = Math.abs(text.length - present.length) <= mostTyped && at - changedAt < togetherMs;
      if (isAlone || !isTyping) past.push(present);
      present = text;
      changedAt = isAlone ? Number.NEGATIVE_INFINITY : at;
      isAlone = false;
      future = [];
      let size = past.reduce((sum, each) => sum + each.length, 0);
      while (past.length > mostSteps || (size > mostText && past.length > 1)) size -= past.shift()!.length;
    },
    /** The next change is no typing, however small it is. */
    alone: () => {
      isAlone = true;
    },
    /** @returns the text to show; null: there is nothing to undo */
    undo: () => step(past, future),
    redo: () => step(future, past),
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
  };
}
