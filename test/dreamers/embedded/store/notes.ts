/**
 * Seeded notes of three invented trades, with repeats in other words and near misses planted among them. The near misses
 * differ from a note in one number, name, choice, order or negation.
 */
export interface Planted {
  readonly files: Readonly<Record<string, string>>;
  /** Pairs of note texts that say the same. */
  readonly twins: readonly (readonly [string, string])[];
  /** Pairs that differ in a value and must never be merged. */
  readonly traps: readonly (readonly [string, string])[];
}

interface Note {
  readonly condition: string;
  readonly verb: string;
  readonly object: string;
  readonly place: string;
}

interface Trade {
  readonly name: string;
  readonly sections: readonly string[];
  readonly conditions: readonly string[];
  readonly verbs: readonly string[];
  readonly objects: readonly string[];
  readonly places: readonly string[];
}

const trades: readonly Trade[] = [
  {
    name: 'lighthouse',
    sections: ['Lamp room', 'Visitors', 'Fog signal', 'Notes'],
    conditions: [
      'opening the gallery',
      'lighting the lamp',
      'greeting a school class',
      'closing the shutters',
      'sounding the horn',
      'changing the watch',
    ],
    verbs: ['polish', 'count', 'inspect', 'oil', 'cover', 'record'],
    objects: [
      'the brass lens',
      'the spare wick',
      'the signal flag',
      'the tide table',
      'the stair rope',
      'the visitor badge',
      'the barometer',
    ],
    places: ['in the upper room', 'beside the oil store', 'at the north window', 'on the landing'],
  },
  {
    name: 'tea-auction',
    sections: ['Tasting', 'Bidding', 'Warehouse', 'General'],
    conditions: [
      'tasting a new lot',
      'announcing the winner',
      'weighing a chest',
      'printing the catalogue',
      'sealing the samples',
      'paying the grower',
    ],
    verbs: ['warm', 'label', 'rinse', 'stamp', 'sort', 'announce'],
    objects: [
      'the porcelain cup',
      'the lot number',
      'the silver spoon',
      'the moisture reading',
      'the reserve price',
      'the broker list',
      'the sample tin',
    ],
    places: ['with the head taster', 'near the south door', 'under the skylight', 'behind the rostrum'],
  },
  {
    name: 'glacier-railway',
    sections: ['Timetable', 'Rolling stock', 'Avalanche watch', 'Learned'],
    conditions: [
      'leaving the valley station',
      'crossing the ice bridge',
      'coupling a wagon',
      'raising the barrier',
      'boarding a tour group',
      'ploughing the summit track',
    ],
    verbs: ['sand', 'test', 'heat', 'signal', 'lock', 'clear'],
    objects: [
      'the rack brake',
      'the snow blower',
      'the cabin heater',
      'the radio mast',
      'the emergency sledge',
      'the points lever',
      'the coupling pin',
    ],
    places: [
      'from the signal box',
      'by the depot crane',
      'along the retaining wall',
      'inside the engine shed',
    ],
  },
];

/** A generator of chance that the seed decides (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pick = <T>(random: () => number, from: readonly T[]): T => {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new RangeError('nothing to pick from');
  return chosen;
};

const plain = (note: Note): string =>
  `${capital(note.verb)} ${note.object} ${note.place} before ${note.condition}.`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Ways to say the same again. Each takes the note, not the words of the one before it, and leaves every value in place. */
const wordings: readonly ((note: Note) => string)[] = [
  (note) => plain(note).toUpperCase().replace(/\.$/, ''),
  (note) => `${plain(note).replace(/\.$/, '')}!`,
  (note) => `Before ${note.condition}, ${note.verb} ${note.object} ${note.place}.`,
  (note) => `Prior to ${note.condition}, make sure to ${note.verb} ${note.object} ${note.place}`,
  (note) => `Always ${note.verb} ${note.object} ${note.place} before ${note.condition}`,
  (note) => `**Remember:** ${note.verb} ${plural(note.object)} ${note.place} before ${note.condition}.`,
  (note) => `${capital(note.object)} must be ${past(note.verb)} ${note.place} before ${note.condition}.`,
  (note) => `Ensure that ${note.object} is ${past(note.verb)} ${note.place} prior to ${note.condition}.`,
  (note) => `${plain(note)} The keeper signs the log book.`,
  (note) => `${plain(note).replace(/\.$/, '')}, because the inspector asks for it`,
  (note) => `Please ${note.verb} ${note.object} ${note.place} — before ${note.condition}.`,
  (note) => `You should be ${ing(note.verb)} ${note.object} ${note.place} before ${note.condition}`,
];

/** Near misses: one thing is another. */
const misses: readonly ((note: Note) => readonly [string, string])[] = [
  (note) => [
    `Keep 3 of ${note.object} ${note.place} before ${note.condition}.`,
    `Keep 5 of ${note.object} ${note.place} before ${note.condition}.`,
  ],
  (note) => [plain(note), `Never ${note.verb} ${note.object} ${note.place} before ${note.condition}.`],
  (note) => [plain(note), plain(note).replace(' before ', ' after ')],
  (note) => [`Order ${note.object} with npm ${note.place}.`, `Order ${note.object} with pnpm ${note.place}.`],
  (note) => [
    `Ask Maria about ${note.object} ${note.place}.`,
    `Ask Pedro about ${note.object} ${note.place}.`,
  ],
  (note) => [
    `Write ${note.object} to \`log/day.csv\` ${note.place}.`,
    `Write ${note.object} to \`log/night.csv\` ${note.place}.`,
  ],
  (note) => [
    `Replace ${note.object} ${note.place} on Monday.`,
    `Replace ${note.object} ${note.place} on Friday.`,
  ],
  (note) => [plain(note), `Only ${note.verb} ${note.object} ${note.place} before ${note.condition}.`],
  (note) => [
    `The manual for ${note.object} ${note.place} is version 2.1.`,
    `The manual for ${note.object} ${note.place} is version 2.4.`,
  ],
];

function plural(object: string): string {
  return `${object}s`;
}

function past(verb: string): string {
  return verb.endsWith('e') ? `${verb}d` : `${verb}ed`;
}

function ing(verb: string): string {
  return `${verb.replace(/e$/, '')}ing`;
}

/** @param size how many distinct notes; a quarter of them stand twice, a tenth has a near miss. */
export function plantNotes(seed: number, size = 300): Planted {
  const random = chance(seed);
  const notes = shuffled(
    random,
    trades.flatMap((trade) => allNotes(trade).map((note) => ({ trade, note }))),
  ).slice(0, size);
  const sections = new Map<string, string[]>();
  const place = (trade: Trade, text: string): void => {
    const heading = `memory/${trade.name}.md\n${pick(random, trade.sections)}`;
    sections.set(heading, [...(sections.get(heading) ?? []), text]);
  };
  const twins: [string, string][] = [];
  const traps: (readonly [string, string])[] = [];
  for (const [index, { trade, note }] of notes.entries()) {
    const miss = index % 10 === 0 ? pick(random, misses)(note) : undefined;
    if (miss !== undefined) {
      traps.push(miss);
      for (const text of miss) place(trade, text);
      continue;
    }
    place(trade, plain(note));
    if (index % 4 !== 1) continue;
    const again = pick(random, wordings)(note);
    twins.push([plain(note), again]);
    place(trade, again);
  }
  return { files: filesOf(sections), twins, traps };
}

function allNotes(trade: Trade): Note[] {
  return trade.conditions.flatMap((condition) =>
    trade.verbs.flatMap((verb) =>
      trade.objects.flatMap((object) =>
        trade.places.map((where) => ({ condition, verb, object, place: where })),
      ),
    ),
  );
}

function filesOf(sections: ReadonlyMap<string, readonly string[]>): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [key, notes] of [...sections].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [path = '', heading = ''] = key.split('\n');
    files[path] =
      `${files[path] ?? `# ${path}\n`}\n## ${heading}\n\n${notes.map((note) => `- ${note}`).join('\n')}\n`;
  }
  return files;
}

function shuffled<T>(random: () => number, list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
