import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../dev/stack/chromium.mjs';
import { type Stack, startStack } from '../../dev/stack/stack.ts';
import { fetchWebchat } from '../../dev/teams-channel-local/fetch-webchat.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Where pictures of the page are kept, beside the test's results. */
export const artifacts = join(root, 'test', 'artifacts');

/** The whole stack with its chat page, and a browser in front of it. */
export interface ChatPage {
  readonly stack: Stack;
  readonly browser: BrowserContext;
  close(): Promise<void>;
}

/**
 * @param viewport in CSS pixels
 * @param threadLimits of one conversation, for who says more than a person can; default: those of Teams
 */
export async function openChatPage(
  viewport: { readonly width: number; readonly height: number },
  threadLimits?: string,
): Promise<ChatPage> {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('this test needs a Chromium; it is left out where there is none');
  const webchat = await fetchWebchat(join(root, '.local', 'webchat'));
  const profile = await mkdtemp(join(tmpdir(), 'notifier-browser-'));
  const removeProfile = () => rm(profile, { recursive: true, force: true });
  await mkdir(artifacts, { recursive: true });
  const quick =
    threadLimits === undefined
      ? {}
      : { channelArgs: ['--thread-limits', threadLimits], env: { NOTIFIER_THREAD_LIMITS: threadLimits } };
  const stack = await startStack({ webchat, ...quick }).catch(async (cause: unknown) => {
    await removeProfile();
    throw cause;
  });
  try {
    const browser = await chromium.launchPersistentContext(profile, {
      executablePath,
      headless: true,
      viewport,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    return {
      stack,
      browser,
      async close() {
        await browser.close();
        await stack.stop();
        await removeProfile();
      },
    };
  } catch (cause) {
    await stack.stop();
    await removeProfile();
    throw cause;
  }
}

/**
 * Opens what is behind the dots at the end of the last card, until `button` is there. A card that is drawn anew meanwhile, because
 * another message came, has it closed again.
 */
export async function openOptions(page: Page, button: string): Promise<void> {
  const wanted = page.locator('.ac-pushButton', { hasText: button }).last();
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await page.getByText('\u2022\u2022\u2022').last().click();
    const isThere = await wanted.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
    if (isThere) return;
  }
  throw new Error(`"${button}" is behind the dots of no card`);
}
