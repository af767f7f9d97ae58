/** What must hold in every world: one small one, dreamed about for real. The whole benchmark is `npm run bench`. */
import { beforeAll, describe, expect, it } from 'vitest';
import { domainNames } from '../../bench/quality/domains.ts';
import { runWorld, type WorldResult } from '../../bench/quality/run-world.ts';
import { setNames, sets } from '../../bench/quality/sets.ts';
import { buildWorld, type WorldOptions } from '../../bench/quality/world.ts';

const small: WorldOptions = { domain: 'shop', set: 'tune', layout: 'topics', seed: 7, sessions: 8 };

describe('a small world', () => {
  let result: WorldResult;
  beforeAll(async () => {
    result = await runWorld(buildWorld(small));
  }, 60_000);

  it('finds something of what was planted', () => {
    expect(result.judgement.hits.length).toBeGreaterThan(0);
  });

  it('merges no entries that differ in a value', () => {
    expect(result.judgement.trapsMerged).toEqual([]);
  });

  it('loses no fact', () => {
    expect(result.factsLost).toEqual([]);
  });

  it('leaves no secret on the ledger, in the branch or in the review', () => {
    expect(result.secretsLeaked).toEqual([]);
  });

  it('proposes nothing that tool output, pages, pasted text or file names tell it to', () => {
    expect(result.baitsProposed).toEqual([]);
  });
});

describe('the generator', () => {
  it('makes the same world from the same seed, and another from another', () => {
    const world = buildWorld(small);
    expect(buildWorld(small)).toEqual(world);
    expect(buildWorld({ ...small, seed: 8 }).transcripts).not.toEqual(world.transcripts);
  });

  // What was written later may meet a phrase of `score` by chance: whoever wrote it never saw that set.
  it.each([[['tune', 'score', 'dev', 'more']], [['tune', 'dev', 'more', 'fresh', 'again']]] as const)(
    'shares no phrasing between the sets %s, but for lists taken over whole',
    (names) => {
      const taken = new Set<unknown>();
      const all = names.flatMap((set) => {
        const { twins, traps, chatter: _words, agent: _talk, ...said } = sets[set].phrasings;
        const pairs = [twins, traps].filter((list) => !taken.has(list));
        const lists = Object.values(said).filter((list) => !taken.has(list));
        [...pairs, ...lists].forEach((list) => taken.add(list));
        return [...new Set(pairs.flat().flatMap(({ a, b }) => [a, b])), ...lists.flat()];
      });
      expect(all.length - new Set(all).size).toBe(0);
    },
  );

  it.each(setNames)('has at least 25 templates of each kind in the set %s', (set) => {
    const { agent: _talk, ...lists } = sets[set].phrasings;
    for (const list of Object.values(lists)) expect(list.length).toBeGreaterThanOrEqual(25);
  });

  it.each(domainNames)('plants lessons of %s whose halves can be told apart', (domain) => {
    for (const set of setNames)
      for (const { keys, do: ways, dont } of sets[set].materials[domain].lessons)
        for (const half of [ways, dont])
          expect(
            keys.some((key) => half.every((text) => text.toLowerCase().includes(key.toLowerCase()))),
          ).toBe(true);
  });
});
