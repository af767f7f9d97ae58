/** Gathering with a model while nobody waits: at half the price, by a later dream. */
import { describe, expect, it } from 'vitest';
import { passingNotes, type Notes } from '../../../../src/core/dream/notes.ts';
import { gatherObservations } from '../../../../src/dreamers/claude/extract/gather.ts';
import { refuses } from '../../../support/anthropic/messages/reply.ts';
import { refusals } from '../../../support/anthropic/server/refusal.ts';
import { anAnthropic } from '../../../support/anthropic/setting.ts';
import type { World } from '../../../support/dream-input.ts';
import { agent, person, session } from '../../../support/session.ts';
import { inputOf, mindOf, noticesAlways } from './claude.ts';

const talk = (day: number, ...words: readonly string[]) =>
  session({ id: `s${day}`, day }, ...words.flatMap((text) => [person(text), agent('Fine.')]));
const three = [talk(1, 'always a'), talk(2, 'always b'), talk(3, 'always c')];

interface Aside {
  readonly name: string;
  readonly tokens: number | undefined;
}

/** Notes that tell what money was set aside. */
function watched(asides: Aside[]): Notes {
  const notes = passingNotes();
  return {
    read: (kind) => notes.read(kind),
    keep(message, kept, aside) {
      if (aside !== undefined) asides.push({ name: aside.name, tokens: aside.money?.tokens });
      return notes.keep(message, kept);
    },
  };
}

async function aGathering(options: Parameters<typeof anAnthropic>[0] = {}) {
  const { anthropic, client } = await anAnthropic({ reply: noticesAlways, batches: 'when told', ...options });
  const asides: Aside[] = [];
  const notes = watched(asides);
  return {
    anthropic,
    client,
    asides,
    notes,
    gather: async (over: Partial<World> = {}) => {
      const input = inputOf({ memory: {}, notes, urgent: false, sessions: three, ...over });
      const result = await gatherObservations(mindOf(anthropic, input), input);
      return {
        ...result,
        purse: input.purse,
        quotes: result.observations.map(({ quotes }) => quotes[0]?.quote),
      };
    },
    made: () => anthropic.requests.filter(({ operation }) => operation === 'messages.batches.create').length,
  };
}

describe('a batch', () => {
  it('is sent, waited for, and read by a later dream, at half the price', async () => {
    const { gather, anthropic, made } = await aGathering();
    expect(await gather()).toMatchObject({
      observations: [],
      waiting: expect.stringMatching(/^Claude reads 3 sessions in a batch \(msgbatch_\d+\)/) as string,
    });
    expect((await gather()).waiting).toMatch(/^Claude reads 3 sessions/);
    expect(made()).toBe(1);
    await anthropic.endBatches();
    const { quotes, purse, waiting } = await gather();
    expect(waiting).toBeUndefined();
    expect(quotes).toEqual(['always a', 'always b', 'always c']);
    expect(purse.bills()).toMatchObject([{ phase: 'extract', batch: true, calls: 3 }]);
    expect((await gather()).purse.bills()).toEqual([]);
    expect(anthropic.asked).toHaveLength(3);
  });

  it('is not worth its wait for a single session', async () => {
    const { gather } = await aGathering();
    const { quotes, purse } = await gather({ sessions: three.slice(0, 1) });
    expect(quotes).toEqual(['always a']);
    expect(purse.bills()).toMatchObject([{ batch: false }]);
  });

  it('is waited for by those who are in a hurry too: what it reads is not paid for twice', async () => {
    const { gather } = await aGathering();
    await gather();
    expect((await gather({ urgent: true })).waiting).toMatch(/^Claude reads 3 sessions/);
  });

  it('leaves what came after it to the next', async () => {
    const { gather, anthropic, made } = await aGathering();
    await gather({ sessions: three.slice(0, 2) });
    await anthropic.endBatches();
    const { quotes, purse } = await gather();
    expect(quotes).toEqual(['always a', 'always b', 'always c']);
    expect(purse.bills().map(({ batch, calls }) => [batch, calls])).toEqual([
      [true, 2],
      [false, 1],
    ]);
    expect(made()).toBe(1);
  });

  it('reads nothing of a session that was forgotten meanwhile', async () => {
    const { gather, anthropic } = await aGathering();
    await gather();
    await anthropic.endBatches();
    expect((await gather({ sessions: three.slice(1) })).quotes).toEqual(['always b', 'always c']);
  });
});

describe('money for a batch', () => {
  it('is set aside until it has been read', async () => {
    const { gather, anthropic, asides } = await aGathering();
    const allowance = { tokens: 100_000 };
    const { purse } = await gather({ allowance });
    expect(purse.left().tokens).toBeLessThan(100_000);
    await anthropic.endBatches();
    const later = await gather({ allowance });
    expect(later.purse.left()).toEqual(allowance);
    expect(asides).toEqual([
      {
        name: expect.stringMatching(/^batch-claude-[0-9a-f]{16}$/) as string,
        tokens: 100_000 - (purse.left().tokens ?? 0),
      },
      { name: asides[0]?.name, tokens: undefined },
    ]);
  });

  it('that does not reach for all reaches for some; the rest goes with the next', async () => {
    const { gather, anthropic } = await aGathering();
    expect((await gather({ allowance: { tokens: 35_000 } })).waiting).toMatch(/^Claude reads 2 sessions/);
    await anthropic.endBatches();
    expect((await gather()).quotes).toEqual(['always a', 'always b', 'always c']);
  });

  it('that reaches for nothing is said', async () => {
    const { gather, made } = await aGathering();
    expect(await gather({ allowance: { tokens: 5_000 } })).toMatchObject({
      remarks: ['3 sessions were left out: the budget did not reach for reading them.'],
    });
    expect(made()).toBe(0);
  });
});

describe('what a batch does not answer', () => {
  it('is sent again, at most twice, and then left out', async () => {
    const { gather, anthropic, made } = await aGathering();
    for (let nth = 0; nth < 3; nth += 1) {
      expect((await gather()).waiting).toBeDefined();
      await anthropic.endBatches((customId) => nth > 0 || !customId.endsWith('-1'));
    }
    expect(await gather()).toMatchObject({
      remarks: [
        'Events 1 to 2 of session s2 were not read: it failed in 3 batches.',
        'Events 1 to 2 of session s3 were not read: it failed in 3 batches.',
      ],
    });
    expect(made()).toBe(3);
  });

  it('because of an error of one item is sent again', async () => {
    let broken = true;
    const { gather, anthropic } = await aGathering({
      reply: (asked) =>
        broken && !asked.latest.includes('always a') ? refusals.serverError() : noticesAlways(asked),
    });
    await gather();
    await anthropic.endBatches();
    expect((await gather()).waiting).toMatch(/^Claude reads 2 sessions/);
    broken = false;
    await anthropic.endBatches();
    const { quotes, purse } = await gather();
    expect(quotes).toEqual(['always a', 'always b', 'always c']);
    expect(purse.bills()[0]?.calls).toBe(2);
  });

  it('because the model refused stays so', async () => {
    const { gather, anthropic } = await aGathering({ reply: () => refuses });
    await gather();
    await anthropic.endBatches();
    const { remarks, waiting } = await gather();
    expect(waiting).toBeUndefined();
    expect(remarks).toHaveLength(3);
  });

  it('because the answer was cut or malformed is asked for at once, the way it can be answered', async () => {
    const { gather, anthropic } = await aGathering({
      reply: (asked) =>
        asked.customId?.endsWith('-1') === true
          ? { content: '{', stopReason: 'max_tokens' }
          : asked.customId?.endsWith('-2') === true
            ? { content: 'None.', malformed: true }
            : noticesAlways(asked),
    });
    await gather();
    await anthropic.endBatches();
    const { quotes, remarks, purse } = await gather();
    expect(quotes).toEqual(['always a', 'always b', 'always c']);
    expect(remarks).toEqual([]);
    expect(purse.bills().map(({ batch, calls }) => [batch, calls])).toEqual([
      [true, 3],
      [false, 3],
    ]);
  });
});

describe('a batch that is lost', () => {
  it('is given up when Anthropic does not know it', async () => {
    const { gather, anthropic, asides } = await aGathering();
    await gather({ allowance: { tokens: 100_000 } });
    anthropic.fail('messages.batches.retrieve', refusals.notFound());
    expect((await gather({ urgent: true })).quotes).toEqual(['always a', 'always b', 'always c']);
    expect(asides.at(-1)?.tokens).toBeUndefined();
  });

  it('is given up after 25 hours', async () => {
    const { gather, made } = await aGathering();
    await gather({ now: '2026-04-01T00:00:00.000Z' });
    expect((await gather({ now: '2026-04-02T00:30:00.000Z' })).waiting).toBeDefined();
    expect(made()).toBe(1);
    expect((await gather({ now: '2026-04-02T01:30:00.000Z' })).waiting).toBeDefined();
    expect(made()).toBe(2);
  });

  it('is looked for later when Anthropic cannot be reached, and paid for once', async () => {
    const { gather, anthropic } = await aGathering();
    await gather();
    await anthropic.endBatches();
    anthropic.fail('messages.batches.results', { drop: 'answer' });
    await expect(gather()).rejects.toMatchObject({ name: 'RetryLaterError' });
    expect((await gather()).purse.bills()).toMatchObject([{ calls: 3 }]);
  });

  it('is nobody can make sense of: it is dropped', async () => {
    const { gather, notes } = await aGathering();
    await notes.keep('test', [
      { kind: 'claude-batch', name: 'msgbatch_x', value: { of: 'another version' } },
    ]);
    expect((await gather({ urgent: true })).quotes).toHaveLength(3);
    expect((await notes.read('claude-batch')).size).toBe(0);
  });
});

describe('a batch whose answer was lost', () => {
  const lost = async (drop: 'answer' | 'request') => {
    const scene = await aGathering();
    scene.anthropic.fail('messages.batches.create', { drop });
    await expect(scene.gather({ allowance: { tokens: 100_000 } })).rejects.toMatchObject({
      name: 'RetryLaterError',
    });
    return scene;
  };

  it('is waited for, known by its results, and paid for once', async () => {
    const { gather, anthropic, made, asides } = await lost('answer');
    expect((await gather()).waiting).toMatch(/^Claude reads 3 sessions in a batch \(msgbatch_/);
    await anthropic.endBatches();
    const { quotes, purse } = await gather();
    expect(quotes).toEqual(['always a', 'always b', 'always c']);
    expect(purse.bills()).toMatchObject([{ batch: true, calls: 3 }]);
    expect(made()).toBe(1);
    expect(asides).toMatchObject([{ tokens: expect.any(Number) as number }, { tokens: undefined }]);
    expect((await gather()).purse.bills()).toEqual([]);
  });

  it('and that was never made is made anew', async () => {
    const { gather, anthropic, made, asides } = await lost('request');
    expect((await gather()).waiting).toBeDefined();
    expect(made()).toBe(2);
    expect(asides.at(-1)?.tokens).toBeUndefined();
    await anthropic.endBatches();
    expect((await gather()).purse.bills()).toMatchObject([{ calls: 3 }]);
  });

  it('is no batch of somebody else', async () => {
    const { gather, anthropic, client } = await lost('request');
    const other = await client.messages.batches.create({
      requests: ['a', 'b', 'c'].map((id) => ({
        custom_id: id,
        params: { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'always theirs' }] },
      })),
    });
    await anthropic.endBatches();
    expect((await gather()).waiting).not.toContain(other.id);
  });

  it('and that Anthropic refused is not looked for', async () => {
    const { gather, anthropic, notes, asides } = await aGathering();
    anthropic.fail('messages.batches.create', refusals.badRequest('no'));
    await expect(gather({ allowance: { tokens: 100_000 } })).rejects.toMatchObject({ code: 'model' });
    expect((await notes.read('claude-batch')).size).toBe(0);
    expect(asides.at(-1)?.tokens).toBeUndefined();
  });
});
