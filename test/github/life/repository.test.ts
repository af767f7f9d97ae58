import { execFileSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { livingOn } from '../../../src/github/life.ts';
import { dreamWork } from '../../../src/jobs/handlers.ts';
import { agent, person, session } from '../../support/session.ts';
import { aDreamedRepository, aJobContext, type Dreamed } from '../dreamed.ts';

// Whole jobs with real git, several in each test: slow where many tests run at once.
vi.setConfig({ testTimeout: 120_000 });

const at = { owner: 'acme', repo: 'shop' };
const later = '2026-03-22T18:00:00.000Z';

/** One more session, so that the next dream replaces the open one. */
async function withNews(): Promise<Dreamed> {
  const dreamed = await aDreamedRepository();
  const words = 'Remember: deploys are frozen on Fridays.';
  const told = session({ id: 'session-9', day: 21, by: 'ana' }, person(words), agent('I will.'));
  const { ledger } = await dreamed.place();
  await ledger.write('Take in a session', () => Promise.resolve({ sessions: [told] }));
  return dreamed;
}

async function dream(dreamed: Dreamed, place = dreamed.place()) {
  const payload = { kind: 'dream' as const, repository: String(dreamed.repository.id), asked: true as const };
  return dreamWork(await place, payload, later, aJobContext());
}

const openPulls = ({ repository }: Dreamed) =>
  [...repository.issues.values()].filter((issue) => 'pull' in issue && issue.closed === undefined);

/** One dream, one pull request, one branch, and each says the same. */
async function expectWhole(dreamed: Dreamed): Promise<void> {
  const open = await dreamed.open();
  expect(open.proposals).toHaveLength(5);
  expect(openPulls(dreamed).map(({ number }) => number)).toEqual([open.pullRequest]);
  const branches = [...dreamed.repository.refs].filter(([ref]) => ref.startsWith('refs/heads/dream/'));
  expect(branches).toEqual([[`refs/heads/${open.branch ?? ''}`, open.head]]);
}

interface Upset {
  readonly happens: (dreamed: Dreamed) => unknown;
  readonly says: RegExp;
  readonly mended: (dreamed: Dreamed) => unknown;
}

const update = (settings: object) => async (dreamed: Dreamed) =>
  dreamed.github.as('ana').rest.repos.update({ ...at, ...settings });

const upsets: Readonly<Record<string, Upset>> = {
  archived: {
    happens: update({ archived: true }),
    says: /is archived/,
    mended: update({ archived: false }),
  },
  'made public': {
    happens: update({ private: false }),
    says: /is public, and nobody agreed/,
    mended: update({ private: true }),
  },
  'taken out of the installation': {
    happens: ({ repository, github }) => (repository.owner = github.account('globex', 'Organization')),
    says: /refused|not there|may not reach/i,
    mended: ({ repository, github }) => (repository.owner = github.account('acme')),
  },
  'left by a suspended App': {
    happens: ({ github, installation }) => github.suspend(installation, github.account('ana')),
    says: /refused|refuses|may not reach/i,
    mended: ({ github, installation }) => github.resume(installation, github.account('ana')),
  },
};

describe('a repository that is, in the middle of a dream,', () => {
  it.each(Object.entries(upsets))(
    '%s: the job says why it ends, and the next one mends all',
    async (_what, upset) => {
      const dreamed = await withNews();
      const place = await dreamed.place();
      await upset.happens(dreamed);
      await expect(dream(dreamed, Promise.resolve(place))).rejects.toMatchObject({
        message: expect.stringMatching(upset.says) as string,
        retryable: false,
      });
      await upset.mended(dreamed);
      await dream(dreamed);
      await expectWhole(dreamed);
    },
  );

  it('renamed: the dream goes on', async () => {
    const dreamed = await withNews();
    const place = await dreamed.place();
    await dreamed.github.as('ana').rest.repos.update({ ...at, name: 'store' });
    await dream(dreamed, Promise.resolve(place));
    await expectWhole(dreamed);
  });

  it('emptied: nothing is dreamed about, and nothing that is open is touched', async () => {
    const dreamed = await withNews();
    const open = await dreamed.open();
    execFileSync('git', ['update-ref', '-d', 'refs/heads/main'], { cwd: dreamed.repository.dir });
    const place = await dreamed.place();
    expect(await livingOn(place, later)).toMatchObject({ state: 'as-it-was' });
    await expect(dream(dreamed, Promise.resolve(place))).rejects.toMatchObject({ retryable: false });
    expect(await dreamed.open()).toEqual(open);
  });
});
