/**
 * Takes docs/pull-request.png and its dark twin: the pull request of the demo as GitHub shows it, in a real browser.
 * `npm run picture [-- <review.md> <out.png>]` takes one of another text, whose first line is the title.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { openBrowser } from './browser.ts';
import { pullRequestPage, type PullRequestText } from './pull-request-page.ts';

const root = join(import.meta.dirname, '..');
/** What people read before they scroll, at the width of GitHub's page. */
const screen = { width: 980, height: 1_180 };

const shown = z.object({ title: z.string(), markdown: z.string() });

function demoPullRequest(): PullRequestText {
  const folder = mkdtempSync(join(tmpdir(), 'dreamkeeper-picture-'));
  const run = (...args: string[]): string =>
    execFileSync(process.execPath, [join(root, 'src', 'cli.ts'), ...args], { encoding: 'utf8' });
  try {
    run('demo', '--dir', folder);
    const { title, markdown } = shown.parse(JSON.parse(run('show', '--json', '--repo', folder)));
    return { title, body: markdown };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fromFile(path: string): PullRequestText {
  const [title = '', ...body] = readFileSync(path, 'utf8').split('\n');
  return { title, body: body.join('\n') };
}

async function take(
  browser: Browser,
  text: PullRequestText,
  path: string,
  about: { readonly colorScheme: 'light' | 'dark'; readonly fullPage: boolean },
): Promise<void> {
  const page = await browser.newPage({
    viewport: screen,
    colorScheme: about.colorScheme,
    deviceScaleFactor: 2,
  });
  await page.setContent(pullRequestPage(text));
  await page.evaluate('window.drawn');
  await page.screenshot({ path, fullPage: about.fullPage });
  await page.close();
}

const [file, out] = process.argv.slice(2);
const browser = await openBrowser();
try {
  if (file !== undefined)
    await take(browser, fromFile(file), out ?? 'pull-request.png', { colorScheme: 'light', fullPage: true });
  else {
    const text = demoPullRequest();
    for (const colorScheme of ['light', 'dark'] as const) {
      const name = colorScheme === 'light' ? 'pull-request.png' : 'pull-request-dark.png';
      await take(browser, text, join(root, 'docs', name), { colorScheme, fullPage: false });
    }
  }
} finally {
  await browser.close();
}
