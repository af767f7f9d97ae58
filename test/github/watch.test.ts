import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createDreamWatch, watchName } from '../../src/github/watch.ts';
import { aHosting, type Hosting } from './hosted.ts';
import { jobsOn } from './opened.ts';

const now = '2026-11-21T03:00:00.000Z';

const shown = ({ repository }: Hosting) =>
  [...repository.checkRuns.values()]
    .filter(({ name }) => name === watchName)
    .map(({ status, conclusion, title, summary }) => [status, conclusion, title, summary]);

async function aWatch(pause: number) {
  const hosting = await aHosting();
  const logged: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) });
  const place = await jobsOn(hosting).open();
  return { hosting, logged, watch: () => createDreamWatch(place, { now, log, pause }) };
}

it('shows how far a dream is on the commit that it reads, and how it ended', async () => {
  const { hosting, watch } = await aWatch(0);
  const dream = watch();
  dream.step('the dream drm_1 at Anthropic is running, 1,100 tokens so far');
  dream.step('closes #1 for @everybody');
  await dream.end('3 changes are proposed', false);
  expect(shown(hosting)).toEqual([['completed', 'neutral', 'The dream is over', '3 changes are proposed']]);
});

it('lets no text of a model act on GitHub', async () => {
  const { hosting, watch } = await aWatch(0);
  await watch().end('closes #1 for @everybody', true);
  expect(shown(hosting)).toEqual([
    ['completed', 'neutral', 'A dream is under way', 'closes `#1` for `@everybody`'],
  ]);
});

it('goes on with the run that another process left', async () => {
  const { hosting, watch } = await aWatch(0);
  await watch().end('1,000 tokens so far', true);
  await watch().end('2,000 tokens so far', true);
  expect(shown(hosting).map(([, , , summary]) => summary)).toEqual(['2,000 tokens so far']);
});

it('shows nothing of a dream that is over at once', async () => {
  const { hosting, watch } = await aWatch(60_000);
  const dream = watch();
  dream.step('dreaming over 3 sessions');
  await dream.end('nothing is new', false);
  expect(shown(hosting)).toEqual([]);
});

it('ends what another process left under way, however fast, and rewrites no end', async () => {
  const { hosting, watch } = await aWatch(60_000);
  await watch().end('1,000 tokens so far', true);
  await watch().end('3 changes are proposed', false);
  await watch().end('nothing is new', false);
  expect(shown(hosting)).toEqual([['completed', 'neutral', 'The dream is over', '3 changes are proposed']]);
});

it('is no matter of the dream when GitHub does not take it', async () => {
  const { hosting, watch, logged } = await aWatch(0);
  hosting.github.fail('checks/create', { status: 403 });
  await watch().end('1,000 tokens so far', true);
  expect(logged.join()).toContain('how far the dream is could not be shown');
});
