/** What a model reads of transcripts and what that costs, and whether what matters is still in it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isSource, openSources } from '../../src/files.ts';
import { corpusDir } from '../../test/support/corpus.ts';
import { sourceOf } from '../../test/support/source.ts';
import { domainNames } from '../quality/domains.ts';
import { occurrences } from '../quality/oracle/words.ts';
import type { SetName } from '../quality/sets.ts';
import { buildWorld, type World, type WorldOptions } from '../quality/world.ts';
import type { Line } from '../speed/measure.ts';
import { measureTranscript, type MeasuredTranscript } from './measured-session.ts';
import { isShown, readWorld, type Reading } from './read-world.ts';

/** Of the tokens that were handed in, a model reads at most so many; of the evidence it sees at least so much. */
const goals = { condensed: 0.12, shown: 0.95, proved: 0.98 } as const;

export async function benchTokens(): Promise<Line[]> {
  return [...(await worldLines('tune')), ...(await worldLines('dev')), ...(await corpusLines())];
}

interface MeasuredWorld {
  readonly transcripts: readonly MeasuredTranscript[];
  readonly evidence: readonly { readonly session: string; readonly event: number; readonly quote: string }[];
  readonly reading: Reading;
}

async function worldLines(set: SetName): Promise<Line[]> {
  const worlds: MeasuredWorld[] = [];
  for (const [seed, domain] of domainNames.entries())
    worlds.push(await measureWorld({ domain, set, layout: 'topics', seed, sessions: 24 }));
  const transcripts = worlds.flatMap((world) => world.transcripts);
  const evidence = worlds.flatMap((world) => world.evidence);
  const shown = worlds.flatMap(({ transcripts: own, evidence: planted }) => {
    const texts = new Map(
      own.flatMap(({ sessions }) =>
        sessions.map(({ session, shown: events }) => [
          session.id as string,
          events.map(({ text }) => text).join('\n'),
        ]),
      ),
    );
    return planted.filter(({ session, event, quote }) => isShown(texts.get(session) ?? '', event, quote));
  });
  const sum = (count: (reading: Reading) => number): number =>
    worlds.reduce((total, { reading }) => total + count(reading), 0);
  return [
    condensedLine(set, transcripts),
    partLine(`${set}: planted evidence that a model is shown`, shown.length, evidence.length, goals.shown),
    partLine(
      `${set}: quotes of a right model that are found`,
      sum(({ proved }) => proved),
      sum(({ noticed }) => noticed),
      goals.proved,
    ),
    paidLine(
      set,
      sum(({ spent }) => spent.tokens),
      sum(({ spent }) => spent.usd),
      transcripts.length,
    ),
  ];
}

async function measureWorld(options: WorldOptions): Promise<MeasuredWorld> {
  const world = buildWorld(options);
  const transcripts = await measureAll(world);
  const sessions = transcripts.flatMap((one) => one.sessions.map(({ session }) => session));
  // The same words may carry two planted things.
  const all = world.planted.flatMap((item) => occurrences(item, sessions).flat());
  const evidence = [...new Map(all.map((cited) => [JSON.stringify(cited), cited])).values()];
  return { transcripts, evidence, reading: await readWorld(sessions, evidence) };
}

async function measureAll({ transcripts }: World): Promise<MeasuredTranscript[]> {
  const measured = await Promise.all(
    transcripts.map(({ path, text, person }) => measureTranscript(sourceOf(text, path), person)),
  );
  return measured.flatMap((one) => one ?? []);
}

function condensedLine(of: string, transcripts: readonly MeasuredTranscript[]): Line {
  const raw = transcripts.reduce((total, one) => total + one.raw, 0);
  const condensed = transcripts.reduce((total, one) => total + one.condensed, 0);
  const ratio = condensed / raw;
  return {
    name: `${of}: tokens of ${transcripts.length} transcripts`,
    measured: `${count(condensed)} condensed`,
    reference: `${count(raw)} raw`,
    ratio,
    goal: `≤ ${goals.condensed}×`,
    ok: ratio <= goals.condensed,
  };
}

function partLine(name: string, part: number, of: number, goal: number): Line {
  const ratio = part / of;
  return {
    name,
    measured: count(part),
    reference: `of ${count(of)}`,
    ratio,
    goal: `≥ ${goal}×`,
    ok: ratio >= goal,
  };
}

function paidLine(set: string, tokens: number, usd: number, sessions: number): Line {
  return {
    name: `${set}: paid to read a session, instructions included`,
    measured: `${count(tokens / sessions)} tokens`,
    reference: `$${(usd / sessions).toFixed(5)}`,
    goal: '',
    ok: true,
  };
}

/** By format, with those that have enough to tell. */
async function corpusLines(): Promise<Line[]> {
  const folder = corpusDir === undefined ? undefined : join(corpusDir, 'transcripts');
  if (folder === undefined || !existsSync(folder)) return [];
  const byFormat = new Map<string, MeasuredTranscript[]>();
  for await (const source of openSources([folder])) {
    const measured = isSource(source) ? await measureTranscript(source, 'Bench') : undefined;
    const format = measured?.sessions[0]?.session.format;
    if (measured === undefined || format === undefined) continue;
    byFormat.set(format, [...(byFormat.get(format) ?? []), measured]);
  }
  const large = [...byFormat].filter(([, all]) => all.reduce((sum, { raw }) => sum + raw, 0) > 100_000);
  return [
    condensedLine('corpus', [...byFormat.values()].flat()),
    ...large.map(([format, all]) => condensedLine(`corpus, ${format}`, all)),
  ];
}

const count = (value: number): string => Math.round(value).toLocaleString('en');
