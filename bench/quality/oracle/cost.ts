/** What a dream with a model costs as sessions become more, and what a second one pays again. */
import type { Journal } from '../../../src/core/dream/journal.ts';
import type { Line } from '../../speed/measure.ts';
import { openPlace } from '../place.ts';
import { buildWorld } from '../world.ts';
import { openModel } from './model.ts';
import { memoryOf, takenIn } from './taken-in.ts';
import { rightWish } from './wishes.ts';

const sizes = [10, 50, 100] as const;
const nights = ['2026-06-01T03:00:00.000Z', '2026-06-02T03:00:00.000Z'] as const;
const mostGrowth = 1.05;

type Usage = NonNullable<Journal['usage']>;

export async function benchModelCost(): Promise<Line[]> {
  const dreams: { readonly sessions: number; readonly first: Usage; readonly again: Usage | undefined }[] =
    [];
  for (const sessions of sizes) dreams.push({ sessions, ...(await twoDreams(sessions)) });
  const lines = dreams.map(({ sessions, first }): Line => {
    const calls = (first.bills ?? []).reduce((sum, bill) => sum + bill.calls, 0);
    return {
      name: `dream over ${sessions} sessions`,
      measured: `${calls} calls, ${first.usd.toFixed(3)} USD`,
      reference: `${thousand(first.inputTokens)} read, ${thousand(first.outputTokens)} written`,
      goal: '',
      ok: true,
    };
  });
  const [least, most] = [dreams[0], dreams.at(-1)];
  if (least === undefined || most === undefined) return lines;
  const growth = Math.log(most.first.usd / least.first.usd) / Math.log(most.sessions / least.sessions);
  const extracted = dreams.reduce((sum, { again }) => sum + tokensOf(again, 'extract'), 0);
  return [
    ...lines,
    {
      name: 'growth exponent of the cost',
      measured: growth.toFixed(2),
      reference: '',
      goal: `≤ ${mostGrowth}`,
      ok: growth <= mostGrowth,
    },
    {
      name: 'read of the same sessions in a second dream',
      measured: `${extracted} tokens`,
      reference: `${thousand(tokensOf(most.first, 'extract'))} in the first`,
      goal: '0',
      ok: extracted === 0,
    },
  ];
}

function tokensOf(usage: Usage | undefined, phase: string): number {
  const bills = (usage?.bills ?? []).filter((bill) => bill.phase === phase);
  return bills.reduce(
    (sum, bill) => sum + bill.inputTokens + bill.cacheReadTokens + bill.cacheWriteTokens + bill.outputTokens,
    0,
  );
}

const thousand = (tokens: number): string => `${(tokens / 1_000).toFixed(0)}k tokens`;

/** The second begins when the first is merged. */
async function twoDreams(
  sessions: number,
): Promise<{ readonly first: Usage; readonly again: Usage | undefined }> {
  const world = buildWorld({ domain: 'shop', set: 'dev', layout: 'topics', seed: 7, sessions });
  const place = await openPlace(world.files);
  const all = await takenIn(place, world);
  const store = memoryOf(world);
  const model = await openModel(() => world.planted.flatMap((item) => rightWish(item, store, all) ?? []));
  try {
    const { journal } = await place.dream(nights[0], model.dreamer);
    if (journal?.usage === undefined) throw new Error('the first dream asked no model');
    await place.accept(nights[0]);
    const second = await place.dream(nights[1], model.dreamer);
    return { first: journal.usage, again: second.journal?.usage };
  } finally {
    await model.stop();
    place.remove();
  }
}
