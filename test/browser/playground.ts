// A playground with its page, and windows on it in which no error goes unseen.

import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { servePage } from '../../src/playground/page-server.js';
import { Stage, type StageOptions } from '../../src/playground/stage.js';
import { Theatre } from '../../src/playground/theatre.js';
import { launchBrowser } from './chromium.js';

/** A running playground and a browser. */
export interface OpenPlayground {
  stage: Stage;
  /** A window of its own as that person, in #general. */
  window(person: string, options?: BrowserContextOptions): Promise<Page>;
  /** What went wrong in the windows so far. */
  readonly errors: readonly string[];
  stop(): Promise<void>;
}

/** Starts it all; resolves when the bot is connected. */
export async function openPlayground(options: StageOptions): Promise<OpenPlayground> {
  const stage = await Stage.open(options);
  const served = await servePage(new Theatre(stage), 0);
  const [browser] = await Promise.all([launchBrowser(), stage.ready]);
  const errors: string[] = [];
  return {
    stage,
    errors,
    async window(person, how = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...how });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      page.on('pageerror', error => errors.push(`${person}: ${error.stack ?? error.message}`));
      page.on('console', message => {
        if (message.type() === 'error' || message.type() === 'warning')
          errors.push(`${person}: ${message.text()}`);
      });
      await page.goto(`${served.url}?as=${person}`);
      await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
      return page;
    },
    async stop() {
      await browser.close();
      await served.stop();
      await stage.stop();
    },
  };
}

/** Types into the message box and sends it. */
export async function type(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: /^Message to/ });
  await box.fill(text);
  // Whatever is on offer is not meant.
  await box.press('Escape');
  await box.press('Enter');
}

/** Messages that hold these words, in the list on the screen. */
export function messages(page: Page, words: string | RegExp): Locator {
  return page.getByRole('region', { name: 'Messages' }).locator('.message').filter({ hasText: words });
}

/** What only the person at this window sees, and that holds these words. */
export function whispers(page: Page, words: string | RegExp): Locator {
  return messages(page, words).filter({ hasText: 'Only visible to you' });
}

/** After a failure: what stood in the windows, what the bot asked of Slack, and what it logged. */
async function showWhatWasSeen(pages: Page[], { stage }: OpenPlayground): Promise<void> {
  for (const page of pages) {
    const text = await page.locator('body').innerText();
    console.log(`${page.url()} shows:\n${text}`);
  }
  console.log(
    stage.slack.calls
      .map(({ at, method, answer }) => `${at.toISOString()} ${method} ${answer?.status ?? '…'}`)
      .join('\n'),
  );
  console.log(stage.botLines.join('\n'));
}

/**
 * A playground for the stories of a file, and windows that are closed after each. A story in whose windows something
 * went wrong unseen fails.
 */
export function storiesOn(options: StageOptions): {
  windowOf(person: string): Promise<Page>;
  stage(): Stage;
} {
  let playground: OpenPlayground | undefined;
  const open: Page[] = [];
  const there = (): OpenPlayground => {
    if (!playground) throw new Error('The playground has not been opened.');
    return playground;
  };
  beforeAll(async () => {
    playground = await openPlayground(options);
  });
  afterEach(async ({ task }) => {
    const pages = open.splice(0);
    if (task.result?.state === 'fail') await showWhatWasSeen(pages, there());
    for (const page of pages) await page.context().close();
    expect(there().errors).toEqual([]);
  });
  afterAll(() => playground?.stop());
  return {
    windowOf: async person => {
      const page = await there().window(person);
      open.push(page);
      return page;
    },
    stage: () => there().stage,
  };
}
