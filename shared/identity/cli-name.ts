/** What the program `interlock` sends as its user agent. Any holder of a key may: it says how calls come, not who may make them. */
export const cliName = 'interlock-cli';
