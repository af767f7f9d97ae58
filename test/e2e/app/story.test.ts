/** The whole story, as a team lives it: installed, agreed to, dreamed, talked about, merged, and asked about. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { whyAnswer } from '../../support/answers.ts';
import { aTeam, configPath, numberOf, remembering, type Member, type Team } from './team.ts';

vi.setConfig({ testTimeout: 240_000 });

const asked = {
  lint: 'Remember: always run `pnpm lint` before you commit.',
  generated: 'Remember: never edit generated files under `src/generated`.',
  staging: 'Remember: the staging database listens on port 5433.',
  release: 'Remember: releases are cut from the branch `stable`.',
  again: 'Remember: always run `pnpm lint` before you commit.',
};

async function onboarded(): Promise<Team & { ben: Member }> {
  const team = await aTeam();
  const { github, app, at } = team;
  const onboarding = team.openPull();
  await github.as('ana').rest.pulls.merge({ ...at, pull_number: onboarding.number });
  await app.idle();
  return { ...team, ben: await team.member('ben') };
}

async function memoryOf({ ben }: { ben: Member }): Promise<string> {
  await ben.git('pull', '-q', 'origin', 'main');
  return readFileSync(join(ben.dir, 'CLAUDE.md'), 'utf8');
}

it('is installed, agreed to, dreamed about, talked over, merged, and asked why', async () => {
  // Nothing happens before somebody agrees, and then the store alone is audited.
  const team = await onboarded();
  const { github, app, repository, at, ben } = team;
  expect((await ben.git('ls-files')).split('\n')).toContain(configPath);
  const audit = team.openPull();
  expect(audit.title).toContain('from the memory itself');

  // Five sessions of two people; the audit that nobody has looked at goes on as their dream.
  const ana = await team.member('ana');
  for (const [at_, words] of Object.values(asked).entries())
    await (at_ % 2 === 0 ? ben : ana).handIn(remembering(`session-${at_}`, words));
  await app.later('7 hours');
  await app.idle();
  const pull = team.openPull();
  expect(pull.number).toBe(audit.number);
  expect(pull.title).toContain('5 changes from 5 sessions');
  const body = (): string => repository.issues.get(pull.number)?.body ?? '';

  // One is left out by a command, one by its box, one is put in better words on its line.
  const [lint, staging] = [numberOf(body(), /pnpm lint/), numberOf(body(), /5433/)];
  await github
    .as('ben')
    .rest.issues.createComment({ ...at, issue_number: pull.number, body: `/dream drop ${lint}` });
  await app.idle();
  const unticked = body().replace(
    `- [x] <!-- dreamkeeper:${staging} -->`,
    `- [ ] <!-- dreamkeeper:${staging} -->`,
  );
  expect(unticked).not.toBe(body());
  await github.as('ana').rest.pulls.update({ ...at, pull_number: pull.number, body: unticked });
  await app.idle();
  const { data: files } = await github.as('ben').rest.pulls.listFiles({ ...at, pull_number: pull.number });
  const patch = files.find(({ filename }) => filename === 'CLAUDE.md')?.patch ?? '';
  expect(patch).not.toMatch(/pnpm lint|5433/);
  await github.as('ben').rest.pulls.createReviewComment({
    ...at,
    pull_number: pull.number,
    commit_id: repository.refs.get(`refs/heads/${pull.pull.head}`) ?? '',
    path: 'CLAUDE.md',
    line: lineWith(patch, 'stable'),
    side: 'RIGHT',
    body: '/dream revise\n```suggestion\n- Releases are cut from `stable`, on Tuesdays.\n```',
  });
  await app.idle();

  // It is merged by squashing, and the memory says what they agreed on.
  await github.as('ana').rest.pulls.merge({ ...at, pull_number: pull.number, merge_method: 'squash' });
  await app.idle();
  const text = await memoryOf(team);
  expect(text).toContain('Releases are cut from `stable`, on Tuesdays.');
  expect(text).toContain('src/generated');
  expect(text).not.toMatch(/pnpm lint|5433/);

  // Whoever asks of a line is told whose words it comes from.
  await ben.git('fetch', '-q', 'origin', '+dreamkeeper:dreamkeeper');
  const line = text.split('\n').findIndex((each) => each.includes('src/generated')) + 1;
  const why = whyAnswer.parse(await ben.command.json('why', `CLAUDE.md:${line}`));
  expect(JSON.stringify(why.evidence)).toContain('never edit generated files');

  // The next dream proposes none of it again.
  const before = team.pulls().length;
  await app.later('2 days');
  await github.as('ben').rest.issues.create({ ...at, title: 'Dream', body: 'Once more.' });
  const issue = Math.max(...repository.issues.keys());
  await github.as('ben').rest.issues.createComment({ ...at, issue_number: issue, body: '/dream now' });
  await app.idle();
  expect(team.pulls()).toHaveLength(before);
});

/** The number of an added line in the new file. */
function lineWith(patch: string, words: string): number {
  let line = 0;
  for (const each of patch.split('\n')) {
    const start = /^@@ -\d+(?:,\d+)? \+(\d+)/.exec(each)?.[1];
    if (start !== undefined) line = Number(start) - 1;
    else if (!each.startsWith('-')) line += 1;
    if (each.startsWith('+') && each.includes(words)) return line;
  }
  throw new Error(`No added line says ${words}.`);
}
