/** Gathering with a model while somebody waits. */
import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../../src/core/config.ts';
import { passingNotes } from '../../../../src/core/dream/notes.ts';
import { spentOf } from '../../../../src/core/dream/purse.ts';
import { defaultModels } from '../../../../src/dreamers/anthropic/models.ts';
import { gatherObservations } from '../../../../src/dreamers/claude/extract/gather.ts';
import type { Session } from '../../../../src/core/sessions/session.ts';
import { answers, refuses, type Reply } from '../../../support/anthropic/messages/reply.ts';
import { refusals } from '../../../support/anthropic/server/refusal.ts';
import { anAnthropic } from '../../../support/anthropic/setting.ts';
import type { World } from '../../../support/dream-input.ts';
import { agent, person, session } from '../../../support/session.ts';
import { inputOf, mindOf, noticed, noticesAlways } from './claude.ts';

const talk = (day: number, ...words: readonly string[]): Session =>
  session({ id: `s${day}`, day }, ...words.flatMap((text) => [person(text), agent('Fine.')]));
const few = (count: number): Session[] =>
  Array.from({ length: count }, (_, at) => talk(at + 1, `always do ${at + 1}`));

interface Setting {
  readonly world?: Partial<World>;
  readonly reply?: NonNullable<Parameters<typeof anAnthropic>[0]>['reply'];
}

/** A mind that notices every "always", and dreams over what is given. */
async function aGathering({ world = {}, reply = noticesAlways }: Setting) {
  const { anthropic } = await anAnthropic({ reply });
  const notes = passingNotes();
  return {
    anthropic,
    notes,
    gather: async (over: Partial<World> = {}, signal?: AbortSignal) => {
      const input = inputOf({ memory: {}, notes, ...world, ...over });
      const result = await gatherObservations(mindOf(anthropic, input, signal), input);
      return {
        ...result,
        purse: input.purse,
        quotes: result.observations.map(({ quotes }) => quotes[0]?.quote),
      };
    },
  };
}

describe('what was read', () => {
  it('comes in the order of sessions and events, paid for by the small model', async () => {
    const { gather } = await aGathering({});
    const sessions = [talk(2, 'always b', 'hm', 'always c'), talk(1, 'always a')];
    const { quotes, remarks, purse } = await gather({ sessions });
    expect(quotes).toEqual(['always a', 'always b', 'always c']);
    expect(remarks).toEqual([]);
    expect(purse.bills()).toMatchObject([{ phase: 'extract', batch: false, calls: 2 }]);
  });

  it('is read once, and is not paid for again', async () => {
    const { gather, anthropic } = await aGathering({ world: { sessions: few(3) } });
    const first = await gather();
    const second = await gather();
    expect(second.observations).toEqual(first.observations);
    expect(second.purse.bills()).toEqual([]);
    expect(anthropic.asked).toHaveLength(3);
  });

  it('is read again when the session grew', async () => {
    const { gather } = await aGathering({ world: { sessions: [talk(1, 'always a')] } });
    const { observations } = await gather();
    const grown = await gather({ sessions: [talk(1, 'always a', 'always b')] });
    expect(grown.quotes).toEqual(['always a', 'always b']);
    expect(grown.observations[0]?.id).toBe(observations[0]?.id);
    expect(grown.purse.bills()[0]?.calls).toBe(1);
  });

  it('is read again by another model', async () => {
    const { gather, anthropic } = await aGathering({ world: { sessions: few(1) } });
    await gather();
    await gather({ config: configSchema.parse({ dream: { model: { extract: 'claude-other' } } }) });
    expect(anthropic.asked.map(({ model }) => model)).toEqual([defaultModels.extract, 'claude-other']);
  });

  it('goes to the model between marks that nobody can guess, after instructions that are cached', async () => {
    const { gather, anthropic } = await aGathering({ world: { sessions: few(3) } });
    const { purse } = await gather();
    const markers = anthropic.asked.map(
      ({ latest }) => /^<(data-[0-9a-f]{16})>\n\[1\] person/.exec(latest)?.[1],
    );
    expect(new Set(markers).size).toBe(3);
    expect(new Set(anthropic.asked.map(({ system }) => system)).size).toBe(1);
    const [bill] = purse.bills();
    expect(bill?.cacheReadTokens).toBe(2 * (bill?.cacheWriteTokens ?? 0));
    expect(bill?.cacheReadTokens).toBeGreaterThan(1_000);
  });

  it('is at most four sessions at once, once the first has cached the instructions', async () => {
    const sizes: number[] = [];
    let together: (() => void)[] = [];
    const { gather } = await aGathering({
      world: { sessions: few(9) },
      reply: async (asked, nth) => {
        if (nth > 0)
          await new Promise<void>((resolve) => {
            sizes.push(together.push(resolve));
            if (together.length === 4) together = together.flatMap((go) => (go(), []));
          });
        return noticesAlways(asked);
      },
    });
    await gather();
    expect(sizes).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
  });

  it('is nothing of a session in which nothing was said or done', async () => {
    const { gather, anthropic } = await aGathering({ world: { sessions: [talk(1)] } });
    expect(await gather()).toMatchObject({ observations: [], remarks: [] });
    expect(anthropic.asked).toEqual([]);
  });
});

describe('what a model makes up', () => {
  it('is dropped and counted', async () => {
    const { gather } = await aGathering({
      world: { sessions: [talk(1, 'always a')] },
      reply: () =>
        answers({ observations: [noticed('preference', 1, 'never a'), noticed('fact', 77, 'always a')] }),
    });
    expect(await gather()).toMatchObject({
      observations: [],
      remarks: ["2 of Claude's observations were dropped: the sessions do not hold the words they rest on."],
    });
  });
});

/** Says what is scripted, in order, then notices. */
const first =
  (...replies: readonly Reply[]): NonNullable<Setting['reply']> =>
  (asked, nth) =>
    replies[nth] ?? noticesAlways(asked);
const malformed: Reply = { content: 'I found nothing.', malformed: true };
const cut: Reply = { content: '{"observations": [', stopReason: 'max_tokens' };

describe('an answer that is none', () => {
  const two = { sessions: [talk(1, 'always a', 'always b')] };

  it('is a refusal: it stands, and is not asked for in the next dream', async () => {
    const { gather, anthropic } = await aGathering({ world: two, reply: first(refuses) });
    const remarks = ['Events 1 to 4 of session s1 were not read: the model refused to.'];
    expect(await gather()).toMatchObject({ observations: [], remarks });
    expect(await gather()).toMatchObject({ observations: [], remarks });
    expect(anthropic.asked).toHaveLength(1);
  });

  it('is malformed: it is asked for once more', async () => {
    const { gather } = await aGathering({ world: two, reply: first(malformed) });
    const { quotes, purse } = await gather();
    expect(quotes).toEqual(['always a', 'always b']);
    expect(purse.bills()[0]?.calls).toBe(2);
  });

  it('is malformed twice: it is left out', async () => {
    const { gather } = await aGathering({ world: two, reply: first(malformed, malformed) });
    expect((await gather()).remarks).toEqual([
      'Events 1 to 4 of session s1 were not read: the answer did not have the form that was asked for, twice.',
    ]);
  });

  it('did not fit: it is asked for by halves', async () => {
    const { gather, anthropic } = await aGathering({ world: two, reply: first(cut) });
    expect((await gather()).quotes).toEqual(['always a', 'always b']);
    expect(
      anthropic.asked.map(({ latest }) => /always (a|b)[^]*?always|always (a|b)/.exec(latest)?.[2]),
    ).toEqual([undefined, 'a', 'b']);
  });

  it('does not fit by halves either: the rest is kept', async () => {
    const { gather } = await aGathering({ world: two, reply: first(cut, cut) });
    const { quotes, remarks } = await gather();
    expect(quotes).toEqual(['always b']);
    expect(remarks).toEqual(['Events 1 to 4 of session s1 were not read: the answer did not fit.']);
  });
});

describe('when it ends early', () => {
  it('keeps what was read before a limit of the API, and goes on there', async () => {
    const { gather, anthropic } = await aGathering({
      world: { sessions: few(3) },
      reply: (asked, nth) => (nth === 1 ? refusals.tooMany(7) : noticesAlways(asked)),
    });
    await expect(gather()).rejects.toMatchObject({ name: 'RetryLaterError', retryAfter: 7 });
    const asked = anthropic.asked.length;
    expect((await gather()).quotes).toEqual(['always do 1', 'always do 2', 'always do 3']);
    expect(anthropic.asked.length - asked).toBe(3 - (asked - 1));
  });

  it('keeps what was read before the key was taken away', async () => {
    const { gather } = await aGathering({
      world: { sessions: few(2) },
      reply: (asked, nth) => (nth === 1 ? refusals.badKey() : noticesAlways(asked)),
    });
    await expect(gather()).rejects.toMatchObject({ code: 'model' });
    expect((await gather()).purse.bills()[0]?.calls).toBe(1);
  });

  it('keeps what was read before somebody called it off', async () => {
    const stop = new AbortController();
    const { gather } = await aGathering({
      world: { sessions: few(3) },
      reply: (asked, nth) => {
        if (nth === 1) stop.abort();
        return noticesAlways(asked);
      },
    });
    await expect(gather({}, stop.signal)).rejects.toThrow();
    expect((await gather()).purse.bills()[0]?.calls).toBeLessThan(3);
  });

  it('stops where the budget does not reach, says so, and reads the rest when there is money', async () => {
    const { gather, anthropic } = await aGathering({ world: { sessions: few(6) } });
    const { observations, remarks, purse } = await gather({ allowance: { tokens: 22_000 } });
    const read = observations.length;
    expect(read).toBeGreaterThan(1);
    expect(read).toBeLessThan(6);
    expect(remarks).toEqual([
      `${6 - read} sessions were left out: the budget did not reach for reading them.`,
    ]);
    expect(spentOf(purse.bills()).tokens).toBeLessThan(22_000);
    expect(anthropic.asked).toHaveLength(read);
    expect((await gather()).observations).toHaveLength(6);
  });
});
