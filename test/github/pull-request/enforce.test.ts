/** A dream that suggests a check and changes no memory: there is nothing to write, and still something to say yes to. */
import { expect, it, vi } from 'vitest';
import { livingOn } from '../../../src/github/life.ts';
import { edit, run, session } from '../../support/session.ts';
import { aDreamedRepository } from '../dreamed.ts';
import { onlyPull, shownAt } from './seen.ts';

vi.setConfig({ testTimeout: 60_000 });

const at = { owner: 'acme', repo: 'shop' };
const memory = '# App\n\n- Wrap errors of other packages (`wrapcheck`).\n';

/** The rule is written in memory, and the linter still has to say it. */
const violated = (day: number, by: string) => {
  const file = `pkg/f${day}.go`;
  const output = `${file}:12:9: error returned from external package is unwrapped (wrapcheck)\n1 issues:\n* wrapcheck: 1`;
  return session(
    { id: `session-${day}`, day, by },
    run('make lint', output, true),
    edit(`/home/ada/app/${file}`, '\t\treturn err', '\t\treturn fmt.Errorf("open store: %w", err)'),
    run('make lint', '0 issues.', true),
  );
};

it('is shown on an empty commit, and merging it is recorded', async () => {
  const dreamed = await aDreamedRepository({
    files: { 'CLAUDE.md': memory },
    sessions: [violated(10, 'ana'), violated(12, 'ben')],
  });
  const open = await dreamed.open();
  expect(open.proposals.map(({ kind }) => kind)).toEqual(['enforce']);
  const issue = onlyPull(dreamed);
  expect(issue.body).toMatch(/wrapcheck/);
  const ben = dreamed.github.as('ben').rest.pulls;
  const pull = { ...at, pull_number: issue.number };
  expect((await ben.listFiles(pull)).data).toEqual([]);
  expect((await ben.listCommits(pull)).data).toHaveLength(1);

  await ben.merge(pull);
  await livingOn(await dreamed.place(), shownAt);
  expect(await dreamed.decisions()).toContainEqual(
    expect.objectContaining({ type: 'merged', dream: open.id, proposals: [1] }),
  );
});
