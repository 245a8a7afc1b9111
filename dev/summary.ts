import { demoPassword } from '../shared/identity/demo-password.ts';
import { demoUsers } from './demo-data/people.ts';
import { say } from './say.ts';

interface Urls {
  webUrl: string;
  temporalUiUrl: string | null;
  demoServicesUrl: string;
}

/** The few lines a person needs to begin. */
export function printSummary(urls: Urls, duration: string, { demo }: { demo: boolean }): void {
  say(`\nInterlock is running (${duration}).\n`);
  say(`  Pages          ${urls.webUrl}`);
  say(`  API reference  ${urls.webUrl}/api/docs`);
  if (urls.temporalUiUrl) say(`  Temporal Web   ${urls.temporalUiUrl}`);
  say(`  Demo services  ${urls.demoServicesUrl}`);
  say(`  Demo mailbox   ${urls.demoServicesUrl}/mailbox`);
  if (demo) sayWhoSignsIn();
  else say('\n  There are no demo accounts: docs/operations.md says how to add people ("Accounts").');
  say('\n  Ctrl-C stops everything. The data stays; `npm start -- --reset` starts over.\n');
}

function sayWhoSignsIn(): void {
  say(`\n  Sign in with the password ${demoPassword} as`);
  const people = Map.groupBy(demoUsers(), (user) => user.email);
  const width = Math.max(...[...people.keys()].map((email) => email.length));
  for (const [email, entries] of people) {
    const where = entries.map(({ tenant, roles }) => `${tenant}: ${roles.join(', ')}`).join('; ');
    say(`    ${email.padEnd(width)}  ${where}`);
  }
}
