/** Every golden pull request as GitHub shows it, in a real browser: nothing overflows, all opens, what is drawn is drawn. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderReview } from '../../src/core/review/render.ts';
import { reviewTitle } from '../../src/core/review/title.ts';
import { openBrowser } from '../../scripts/browser.ts';
import { pullRequestPage, type PullRequestText } from '../../scripts/pull-request-page.ts';
import { aFullDream } from '../core/review/a-full-dream.ts';
import { goldenCases } from '../support/golden-case.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 60_000);
afterAll(() => browser.close());

interface Shown {
  readonly name: string;
  readonly text: PullRequestText;
}

function goldenPullRequests(): Shown[] {
  return goldenCases().map(({ name, folder }) => {
    const [title = '', ...body] = readFileSync(join(folder, 'review.md'), 'utf8').split('\n');
    return { name, text: { title, body: body.join('\n') } };
  });
}

const full = aFullDream;
const shown: Shown[] = [
  ...goldenPullRequests(),
  { name: 'a full dream', text: { title: reviewTitle(full), body: renderReview(full) } },
];

/** @param width of a window, in CSS pixels. */
async function open(text: PullRequestText, width: number): Promise<{ page: Page; asked: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const asked: string[] = [];
  await page.route('**/*', (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await page.setContent(pullRequestPage(text));
  await page.evaluate('window.drawn');
  return { page, asked };
}

describe.each(shown)('$name', ({ text }) => {
  it.each([980, 390])(
    'fits a window of %i pixels with every fold open, and asks for nothing',
    async (width) => {
      const { page, asked } = await open(text, width);
      for (const fold of await page.locator('details > summary').all()) await fold.click();
      expect(await page.locator('details:not([open])').count()).toBe(0);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(await page.evaluate(widerThanTheirPlace)).toEqual([]);
      expect(asked).toEqual([]);
      await page.close();
    },
  );

  it('has a live box for every proposal, and no other control', async () => {
    const { page } = await open(text, 980);
    const boxes = (text.body.match(/<!-- dreamkeeper:\d+ -->/g) ?? []).length;
    expect(await page.locator('input[type=checkbox]').count()).toBe(boxes);
    expect(
      await page.locator('article :is(script, iframe, form, button, img, video, object, embed)').count(),
    ).toBe(0);
    await page.close();
  });

  it('has links that lead somewhere', async () => {
    const { page } = await open(text, 980);
    for (const link of await page.locator('article a').all()) {
      const target = (await link.getAttribute('href')) ?? '';
      const inside = target.startsWith('#') && (await page.locator(`[id="${target.slice(1)}"]`).count()) > 0;
      expect(inside || target.startsWith('https://'), target).toBe(true);
    }
    await page.close();
  });
});

/** Text that stands out of its box; code may scroll in its own. */
const widerThanTheirPlace = `[...document.querySelectorAll('article p, article li, article summary, article blockquote, article h1, article h2, article h3')]
  .filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0)
  .map((part) => part.textContent.slice(0, 80))`;

it('draws the chart of memory over past dreams', async () => {
  const { page } = await open({ title: reviewTitle(full), body: renderReview(full) }, 980);
  for (const fold of await page.locator('details > summary').all()) await fold.click();
  const chart = page.locator('.mermaid svg');
  expect(await chart.count()).toBe(1);
  expect(await chart.locator('path').count()).toBeGreaterThan(0);
  expect((await chart.boundingBox())?.width).toBeGreaterThan(200);
  await page.close();
});
