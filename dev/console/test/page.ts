import { createRequire } from 'node:module';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type Fixture, startFixture } from './fixture/server.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
/** What a step of a test may take on a machine that has other things to do. */
const LONGEST_MS = 15_000;
export const DESKTOP = { width: 1280, height: 860 };
export const PHONE = { width: 360, height: 740 };

export interface Visits {
  readonly fixture: () => Fixture;
  /** Opens a view, in a browser of its own: nothing is kept from one to the next. */
  readonly visit: (address: string, options?: BrowserContextOptions) => Promise<Page>;
  /** In the same browser as the page: what one keeps, the other finds. */
  readonly again: (page: Page, address: string) => Promise<Page>;
}

/**
 * A fixture and a browser for the tests of a file. After each test nothing may have failed on a page, and nothing may have
 * been asked of another origin; what is meant to fail is named by `expectComplaint`.
 */
export function visits(): Visits {
  let browser: Browser;
  let fixture: Fixture;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    fixture = await startFixture();
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? 'chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', ...QUIET],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await fixture?.close();
  });
  beforeEach(() => {
    complaints.length = 0;
    expected.length = 0;
    fixture.reset();
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    expect(complaints.filter((one) => !expected.some((pattern) => pattern.test(one)))).toEqual([]);
  });

  async function open(context: BrowserContext, address: string): Promise<Page> {
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error.stack ?? error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== new URL(fixture.url).origin && protocol !== 'data:') {
        complaints.push(`asks elsewhere: ${request.url()}`);
      }
    });
    await page.goto(fixture.url + address);
    return page;
  }

  return {
    fixture: () => fixture,
    async visit(address, options = {}) {
      const context = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB', ...options });
      context.setDefaultTimeout(LONGEST_MS);
      contexts.push(context);
      return open(context, address);
    },
    again: (page, address) => open(page.context(), address),
  };
}

const complaints: string[] = [];
const expected: RegExp[] = [];

/** What a test provokes: a refused question stands in the browser's console, whatever the page makes of it. */
export function expectComplaint(pattern: RegExp): void {
  expected.push(pattern);
}

/** What axe finds wrong, one line each. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  // The page's policy lets nothing in but its own files: the tool comes by the debugger.
  const session = await page.context().newCDPSession(page);
  const { readFile } = await import('node:fs/promises');
  await session.send('Runtime.evaluate', { expression: await readFile(AXE, 'utf8') });
  return page.evaluate(async () => {
    const axe: {
      run: () => Promise<{
        violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
      }>;
    } = Reflect.get(globalThis, 'axe');
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
    );
  });
}

export function heading(page: Page, name: string | RegExp) {
  return page.getByRole('heading', { level: 1, name });
}
