/** A whole invented project: its memory, the transcripts of its sessions, and what was planted in both. */
import { domains } from './domains.ts';
import type { Topic } from './domain.ts';
import { topics } from './domain.ts';
import { plantInjections, plantSecrets } from './plant/hostile.ts';
import { agentTurn, opening, plantNoise } from './plant/noise.ts';
import { plantTraps, plantTwins } from './plant/notes.ts';
import { prepareSoil, type Planting, type Soil } from './plant/soil.ts';
import { plantCorrections, plantGone, plantRefuted, plantRequests, plantStatements } from './plant/words.ts';
import { plantErrors, plantRules, plantWorkflows } from './plant/work.ts';
import type { Planted } from './planted.ts';
import { createRandom } from './random.ts';
import { sets, type SetName } from './sets.ts';
import { type Layout, writeStore } from './store.ts';
import { claudeCodeTranscript } from './transcripts/claude-code.ts';
import { codexTranscript } from './transcripts/codex.ts';
import type { Turn } from './transcripts/turn.ts';

export interface WorldOptions {
  readonly domain: keyof typeof domains;
  readonly set: SetName;
  readonly layout: Layout;
  readonly seed: number;
  readonly sessions: number;
  /** How many times the usual noise; real sessions are long. */
  readonly noise?: number;
}

export interface Transcript {
  readonly person: string;
  readonly path: string;
  readonly text: string;
}

export interface World extends WorldOptions {
  /** Memory and source files of the repository, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** In the order the sessions took place. */
  readonly transcripts: readonly Transcript[];
  readonly planted: readonly Planted[];
  /** True statements that nothing touches. */
  readonly facts: readonly string[];
  readonly secrets: readonly string[];
  readonly baits: readonly string[];
}

/** The day of the first session; the memory is a month older. */
const begin = Date.parse('2026-03-02T08:00:00Z');
const day = 24 * 60 * 60 * 1_000;

/** The same options make the same world, byte for byte. */
export function buildWorld(options: WorldOptions): World {
  const domain = domains[options.domain];
  const { phrasings, materials } = sets[options.set];
  const random = createRandom(options.seed);
  const soil = prepareSoil(domain, materials[options.domain], phrasings, random);
  const hostile = [plantSecrets(soil, 10), plantInjections(soil, 8)];
  const plantings = [...plantAll(soil), ...hostile.flatMap((one) => one.plantings)];
  const noise = plantNoise(soil, options.sessions * (options.noise ?? 1));
  const notes = [...domain.notes, ...plantings.flatMap((planting) => planting.notes)];
  return {
    ...options,
    files: {
      ...writeStore(options.layout, domain.name, shuffledByTopic(soil, notes)),
      ...sourceFiles(soil),
    },
    transcripts: transcribe(soil, options.sessions, [...plantings, ...noise]),
    planted: plantings.flatMap(({ planted }) => (planted === undefined ? [] : [planted])),
    facts: domain.notes.map(({ text }) => text),
    secrets: hostile.flatMap((one) => one.secrets),
    baits: hostile.flatMap((one) => one.baits),
  };
}

function plantAll(soil: Soil): Planting[] {
  const lessons = soil.random.sample(soil.material.lessons, 7);
  return [
    ...plantTwins(soil, 7),
    ...plantTraps(soil, 8),
    ...plantRefuted(soil, 3),
    ...plantGone(soil, 1),
    ...plantRequests(soil, lessons.slice(0, 3)),
    ...plantStatements(soil, lessons.slice(3, 5)),
    ...plantCorrections(soil, lessons.slice(5, 7)),
    ...plantErrors(soil, 2),
    ...plantRules(soil, 1),
    ...plantWorkflows(soil, 1),
  ];
}

type NoteAt = Planting['notes'][number];

function shuffledByTopic(
  soil: Soil,
  notes: readonly NoteAt[],
): ReadonlyMap<Topic | 'gotchas', readonly string[]> {
  const shuffled = soil.random.sample(notes, notes.length);
  return new Map(
    ([...topics, 'gotchas'] as const).map((topic) => [
      topic,
      shuffled
        .filter((note) => (note.apart === true ? 'gotchas' : note.topic) === topic)
        .map(({ text }) => text),
    ]),
  );
}

function sourceFiles({ domain }: Soil): Record<string, string> {
  const kept = domain.folders.map((folder) => `${folder}/.gitkeep`);
  return Object.fromEntries([...domain.files, ...kept].map((path) => [path, `${path}\n`]));
}

/** Scenes of one planting go to different sessions; each session is on a branch and a day of its own. */
function transcribe(soil: Soil, sessions: number, plantings: readonly Planting[]): Transcript[] {
  const { random } = soil;
  const turns: Turn[][] = Array.from({ length: sessions }, () => opening(soil));
  const all = Array.from({ length: sessions }, (_, at) => at);
  for (const { scenes } of random.sample(plantings, plantings.length)) {
    const chosen = random.sample(all, scenes.length);
    scenes.forEach((scene, at) => turns[chosen[at] ?? 0]?.push(...scene));
  }
  return turns.map((happened, at) => transcribeOne(soil, at, [...happened, agentTurn(soil)]));
}

function transcribeOne(soil: Soil, at: number, turns: readonly Turn[]): Transcript {
  const { random, domain } = soil;
  const person = random.pick(domain.people);
  const script = {
    id: [8, 4, 4, 4, 12].map((length) => random.hex(length)).join('-'),
    person,
    branch: `${random.pick(domain.areas).replaceAll(' ', '-')}-${at + 100}`,
    cwd: `/home/${(person.split(' ')[0] ?? '').toLowerCase()}/src/${domain.name}`,
    remote: domain.remote,
    at: new Date(begin + at * day + random.between(0, 8) * 3_600_000).toISOString(),
    turns,
  };
  const write = random.chance(0.6) ? claudeCodeTranscript : codexTranscript;
  return { person, ...write(script) };
}
