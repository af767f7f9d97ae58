import { expect, it, vi } from 'vitest';
import { checkEverywhere } from '../../src/github/everywhere.ts';
import { aDreamedRepository, type Dreamed } from './dreamed.ts';
import { aClone } from './person.ts';

// Whole jobs with real git, several in each test: slow where many tests run at once.
vi.setConfig({ testTimeout: 120_000 });

const at = { owner: 'acme', repo: 'shop' };
const everywhere = { '.github/dreamkeeper.yml': 'check: { everywhere: true }\n' };

/** Somebody's own pull request. @returns its number and head. */
async function aPullRequest(dreamed: Dreamed, branch = 'feature') {
  const clone = await aClone(dreamed);
  clone.git('checkout', '-q', '-b', branch);
  clone.commit('Feature', { 'src/app.ts': `export const name = '${branch}';\n` });
  await clone.push(branch);
  const { data } = await dreamed.github
    .as('ben')
    .rest.pulls.create({ ...at, head: branch, base: 'main', title: 'Feature' });
  return { number: data.number, head: data.head.sha };
}

const checksOn = ({ repository }: Dreamed, head: string) =>
  [...repository.checkRuns.values()]
    .filter(({ headSha, name }) => headSha === head && name === 'dreamkeeper')
    .map(({ conclusion }) => conclusion);

it('lets a required check pass on pull requests of others, once', async () => {
  const dreamed = await aDreamedRepository({ files: everywhere });
  const { number, head } = await aPullRequest(dreamed);
  expect(await checkEverywhere(await dreamed.place(), number)).toBe(1);
  expect(await checkEverywhere(await dreamed.place(), number)).toBe(0);
  expect(checksOn(dreamed, head)).toEqual(['success']);
});

it('and on what a merge queue built of them, and on all that were missed', async () => {
  const dreamed = await aDreamedRepository({ files: everywhere });
  dreamed.repository.mergeQueues.add('main');
  const [one, two] = [await aPullRequest(dreamed), await aPullRequest(dreamed, 'another')];
  const { data } = await dreamed.github.as('ben').rest.pulls.get({ ...at, pull_number: one.number });
  await dreamed.github
    .as('ben')
    .graphql(
      'mutation ($id: ID!) { enqueuePullRequest(input: { pullRequestId: $id }) { mergeQueueEntry { id } } }',
      {
        id: data.node_id,
      },
    );
  const group = [...dreamed.repository.refs].find(([ref]) => ref.includes('gh-readonly-queue'))?.[1] ?? '';
  expect(await checkEverywhere(await dreamed.place())).toBe(3);
  for (const head of [group, one.head, two.head]) expect(checksOn(dreamed, head)).toEqual(['success']);
});

it('says nothing of a dream, which is checked for itself, nor of an issue', async () => {
  const dreamed = await aDreamedRepository({ files: everywhere });
  const { pullRequest, head = '' } = await dreamed.open();
  const before = checksOn(dreamed, head);
  const { data } = await dreamed.github.as('ben').rest.issues.create({ ...at, title: 'Question' });
  const place = await dreamed.place();
  expect(await checkEverywhere(place, pullRequest)).toBe(0);
  expect(await checkEverywhere(place, data.number)).toBe(0);
  expect(checksOn(dreamed, head)).toEqual(before);
});

it('does nothing where nobody asked for it', async () => {
  const dreamed = await aDreamedRepository();
  const { number } = await aPullRequest(dreamed);
  expect(await checkEverywhere(await dreamed.place(), number)).toBe(0);
});
