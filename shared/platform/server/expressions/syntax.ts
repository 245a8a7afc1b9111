const whole = /^\s*\$\{\{([\s\S]*)\}\}\s*$/;
/** Each `${{ … }}` of a text. */
export const inside = /\$\{\{([\s\S]*?)\}\}/g;

/** The JSONata inside `${{ }}`; a text without them is itself an expression. */
export function bare(text: string): string {
  const match = whole.exec(text);
  return match && !match[1]!.includes('}}') ? match[1]!.trim() : text.trim();
}

/**
 * The expressions inside a template string, without their `${{ }}`.
 * `whole`: it is one expression and keeps the type of its value. `open`: a `${{` is never closed.
 */
export function expressionsIn(template: string): { whole: boolean; open: boolean; texts: string[] } {
  const only = whole.exec(template);
  if (only && !only[1]!.includes('}}')) return { whole: true, open: false, texts: [only[1]!.trim()] };
  const texts = [...template.matchAll(inside)].map((match) => match[1]!.trim());
  return { whole: false, open: template.replaceAll(inside, '').includes('${{'), texts };
}
