import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { ProviderServer } from '../provider-server.ts';
import type { Call, TestApi, TestTenant } from '../test-api.ts';
import type { Hands } from './hands.ts';

/** Where a flow is done: an organization with a person who may do everything in it. */
export interface Desk {
  api: TestApi;
  acme: TestTenant;
  /** Over REST, as a key of a tenant admin: what is there before, and whether it is done. */
  rest: Call;
  provider: ProviderServer;
  context: BrowserContext;
  hands: Hands;
  page: Page;
  /** Opens a page of the organization and waits for its heading. */
  open(path: string): Promise<void>;
  button(name: string | RegExp): Locator;
  /** A button of the dialog that is on top. */
  inDialog(name: string | RegExp): Locator;
  label(name: string | RegExp): Locator;
}

/** One thing that people do, from the page that it begins on to a check over REST that it is done. */
export interface Flow {
  title: string;
  /** The routes it uses, as in web/routes.tsx, and sections of the settings. */
  on: readonly string[];
  run(desk: Desk): Promise<void>;
}
