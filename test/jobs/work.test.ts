/** A repository that goes away, or to sleep, while a job works on it. */
import { describe, expect, it } from 'vitest';
import { DreamkeeperError } from '../../src/core/error.ts';
import type { JobResult } from '../../src/jobs/handler.ts';
import type { JobOf } from '../../src/jobs/job.ts';
import { notOnboarded, type Place } from '../../src/jobs/place.ts';
import { workAt, type WorkOptions } from '../../src/jobs/work.ts';
import { aJobContext } from '../github/dreamed.ts';
import { scratchFolder } from '../support/repository.ts';
import { servedFolder } from '../support/served.ts';

const refused = new DreamkeeperError('repository', 'GitHub refuses the App', { retryable: false });
const aDream = { kind: 'dream', repository: 'shop' } as const;
type Payload = JobOf<'dream' | 'onboard'>;

/** @param afterwards what becomes of the repository when it was opened once. */
function aRepository(afterwards: (place: Place) => Place | undefined, payload: Payload = aDream) {
  const { add, source } = servedFolder(scratchFolder());
  add('shop', { 'CLAUDE.md': '# Memory\n' });
  const seen = {
    opened: 0,
    forgotten: [] as string[],
    remembered: 0,
    tried: 0,
    asleep: 0,
    named: [] as unknown[],
  };
  const options: WorkOptions<Place> = {
    source: {
      async open(id, signal) {
        const place = await source.open(id, signal);
        seen.opened += 1;
        if (place === undefined) return place;
        const here = { ...place, installation: 'its-own' };
        return seen.opened === 1 ? here : afterwards(here);
      },
    },
    states: {
      now: () => Promise.resolve('2026-03-20T18:00:00.000Z'),
      forget: (ids) => Promise.resolve(void seen.forgotten.push(...ids)),
      remember(name, { triedAt }) {
        seen.named.push(name);
        seen.remembered += 1;
        if (triedAt !== undefined) seen.tried += 1;
        return Promise.resolve();
      },
      sharing: () => () => Promise.resolve(),
    },
    works: { asleep: () => Promise.resolve(void (seen.asleep += 1)) },
  };
  const work = (its: () => Promise<JobResult>) =>
    workAt<Place, Payload>(its, payload, aJobContext(), options);
  return { seen, work, fail: (error: Error) => work(() => Promise.reject(error)) };
}

describe('what is remembered of a repository', () => {
  it('is where it is, and not where somebody asked from', async () => {
    const { seen, work } = aRepository((place) => place, { ...aDream, installation: 'of-others' });
    await work(() => Promise.resolve({ outcome: 'dreamed' }));
    expect(seen.named).toEqual([{ id: 'shop', installation: 'its-own' }]);
  });
});

describe('work that fails for good', () => {
  it('has ended where its repository is gone by then: it is forgotten', async () => {
    const { seen, fail } = aRepository(() => undefined);
    expect(await fail(refused)).toEqual({ outcome: 'gone' });
    expect(seen).toMatchObject({ forgotten: ['shop'], remembered: 0 });
  });

  it('has ended where its repository sleeps by then: whoever can wake it is told', async () => {
    const asleep = { reason: 'archived', message: 'shop is archived' };
    const { seen, fail } = aRepository((place) => ({ ...place, asleep }));
    expect(await fail(refused)).toEqual({ outcome: 'asleep', reason: 'archived' });
    expect(seen).toMatchObject({ forgotten: [], remembered: 1, asleep: 1 });
  });

  it('has ended where its repository was archived while it was asked whether it wants us', async () => {
    const asleep = { reason: 'archived', message: 'shop is archived' };
    const { fail } = aRepository((place) => ({ ...place, asleep }), { kind: 'onboard', repository: 'shop' });
    expect(await fail(refused)).toEqual({ outcome: 'asleep', reason: 'archived' });
  });

  it('has failed where nothing became of its repository, which nobody said yes for', async () => {
    const asleep = { reason: notOnboarded, message: 'nobody said yes' };
    const { seen, fail } = aRepository((place) => ({ ...place, asleep }), {
      kind: 'onboard',
      repository: 'shop',
    });
    await expect(fail(refused)).rejects.toBe(refused);
    expect(seen).toMatchObject({ remembered: 0, asleep: 0 });
  });

  it('has failed where nothing became of its repository, and is not asked for at each turn', async () => {
    const { seen, fail } = aRepository((place) => place);
    await expect(fail(refused)).rejects.toBe(refused);
    expect(seen).toMatchObject({ remembered: 1, tried: 1 });
  });

  it('has failed with its own words where nobody can say what became of it', async () => {
    const { fail } = aRepository(() => {
      throw new Error('no answer');
    });
    await expect(fail(refused)).rejects.toBe(refused);
  });

  it('that may be tried again is, without another look', async () => {
    const { seen, fail } = aRepository(() => undefined);
    const later = new DreamkeeperError('repository', 'not now', { retryable: true });
    await expect(fail(later)).rejects.toBe(later);
    expect(seen.opened).toBe(1);
  });
});
