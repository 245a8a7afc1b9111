/** Why a cookie cannot carry this value, or null: anything else could end it and add another one. */
export function cookieValueProblem(value: string): string | null {
  return /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/.test(value)
    ? null
    : 'must not contain spaces, commas, semicolons, quotes or backslashes';
}
