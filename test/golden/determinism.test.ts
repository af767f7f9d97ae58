/** The same dream on any machine: commits and review do not depend on folder, zone, language or order. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { aCommand, type Command } from '../support/command.ts';
import { filesBelow, goldenCase, submissions, type GoldenCase } from '../support/golden-case.ts';
import { play } from '../support/golden-play.ts';
import { goldenRepository } from '../support/golden-repository.ts';
import { scratchFolder } from '../support/repository.ts';

vi.setConfig({ testTimeout: 120_000 });

const shownAnswer = z.object({
  dream: z.unknown(),
  proposals: z.unknown(),
  leads: z.unknown(),
  markdown: z.string(),
  diff: z.string(),
});

/** Plays a story by the command, each step a process of its own; what is handed in last comes first. */
async function playByCommand(golden: GoldenCase, command: Command): Promise<z.infer<typeof shownAnswer>> {
  for (const step of golden.story) {
    if ('dream' in step) await command.run('dream', '--now', step.dream);
    if (!('ingest' in step)) continue;
    for (const { person, folder } of submissions(join(golden.folder, step.ingest)).toReversed()) {
      const files = filesBelow(folder).map((path) => join(folder, path));
      await command.run('ingest', '--by', person ?? '', ...files.toReversed());
    }
  }
  return shownAnswer.parse(await command.json('show'));
}

describe.each(['audit-without-sessions', 'correction-by-two-people', 'linter-rule-learned'])('%s', (name) => {
  it('has the same commits and review elsewhere, abroad, whatever was handed in first', async () => {
    const golden = goldenCase(name);
    const here = await play(golden);
    const elsewhere = join(scratchFolder(), 'Ünter wegs');
    cpSync(goldenRepository(golden).dir, elsewhere, { recursive: true });
    const abroad = { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
    const shown = await playByCommand(golden, aCommand().in(elsewhere, abroad));
    expect(shown.dream).toEqual(here.result.dream);
    expect(shown.proposals).toEqual(here.result.proposals);
    expect(shown.leads).toEqual(here.result.leads);
    expect(shown.diff.trimEnd()).toBe(here.diff.trimEnd());
    expect(here.review).toContain(shown.markdown);
  });
});

it('is the same to the last byte when it is dreamed twice', async () => {
  const golden = goldenCase('hostile');
  const [one, other] = [await play(golden), await play(golden)];
  expect(other.result).toEqual(one.result);
  expect([other.review, other.diff]).toEqual([one.review, one.diff]);
});
