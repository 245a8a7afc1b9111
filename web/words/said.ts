/** Says a message of the server in the language of the person; found before the pages are loaded (`region.ts`). */
let translate = (message: string): string => message;

export function setMessages(translator: (message: string) => string): void {
  translate = translator;
}

/** What the server says, which is English for programs: `said(failure.message)`. What is no message of it stays as it is. */
export function said(message: string): string;
export function said<T extends null | undefined>(message: string | T): string | T;
export function said(message: string | null | undefined): string | null | undefined {
  return message ? translate(message) : message;
}
