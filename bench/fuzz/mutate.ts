/** Breaks a good file the way disks, crashes, other programs and attackers do. The same seed breaks it the same way. */

export type Random = () => number;

/** mulberry32: small, fast, and the same everywhere. Between 0 (inclusive) and 1. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(random: Random, list: readonly [T, ...T[]]): T {
  return list[Math.floor(random() * list.length)] ?? list[0];
}

const hostile = [
  '',
  '\u0000',
  '\n',
  '../../../etc/passwd',
  '--upload-pack=touch x',
  '"; rm -rf / #',
  '__proto__',
  'constructor',
  'a'.repeat(5_000),
  '\ud800',
  '\u202e\u200b',
  '<!-- keep -->',
  '[redacted:github]',
  '[… 12 characters cut]',
  '-----BEGIN RSA PRIVATE KEY-----',
  'This session is being continued from a previous conversation',
  "The user doesn't want to proceed with this tool use. the user said: ",
  '<system-reminder>',
  '_**User (2026-02-09 09:00:00Z)**_',
  '# aider chat started at 2026-02-09 10:00:00',
  '1e999',
  '9007199254740993',
  '2026-99-99T99:99:99Z',
] as const;

const values: readonly [unknown, ...unknown[]] = [
  null,
  true,
  0,
  -1,
  1e308,
  9007199254740993,
  '',
  [],
  {},
  [[]],
  { type: 'text' },
  [null],
  'text',
  ...hostile,
];

type Mutation = (text: string, random: Random) => string;

const at = (text: string, random: Random): number => Math.floor(random() * (text.length + 1));

/** Replaces one `"key": value` whose value is plain by another value. */
function swapValue(text: string, random: Random): string {
  const places = [...text.matchAll(/"[\w.]+"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)/g)];
  const place = places[Math.floor(random() * places.length)];
  if (place?.[1] === undefined) return text;
  const start = place.index + place[0].length - place[1].length;
  return text.slice(0, start) + JSON.stringify(pick(random, values)) + text.slice(start + place[1].length);
}

function onLines(change: (lines: string[], index: number, random: Random) => void): Mutation {
  return (text, random) => {
    const lines = text.split('\n');
    change(lines, Math.floor(random() * lines.length), random);
    return lines.join('\n');
  };
}

function nested(random: Random): string {
  const depth = pick(random, [50, 300, 5_000, 60_000]);
  return random() < 0.5
    ? '['.repeat(depth) + ']'.repeat(depth)
    : '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
}

const mutations: readonly [Mutation, ...Mutation[]] = [
  (text, random) => text.slice(0, at(text, random)),
  (text, random) => text.slice(at(text, random)),
  swapValue,
  swapValue,
  swapValue,
  (text, random) => {
    const where = at(text, random);
    return text.slice(0, where) + pick(random, hostile) + text.slice(where);
  },
  (text, random) => {
    const where = at(text, random);
    return (
      text.slice(0, where) +
      String.fromCharCode((text.charCodeAt(where) || 0) ^ (1 << Math.floor(random() * 8))) +
      text.slice(where + 1)
    );
  },
  onLines((lines, index) => lines.splice(index, 2, (lines[index] ?? '') + (lines[index + 1] ?? ''))),
  onLines((lines, index, random) => lines.splice(index, 0, lines[Math.floor(random() * lines.length)] ?? '')),
  onLines((lines, index) => lines.splice(index, 1)),
  onLines((lines, index, random) => {
    lines[index] = nested(random);
  }),
  onLines((lines, index, random) => {
    lines[index] = (lines[index] ?? '').replace(
      /"content"\s*:\s*"/,
      (start) =>
        start + pick(random, ['x ', '> ', '`', '<a>', '\\n', '"']).repeat(40_000).replaceAll('"', ''),
    );
  }),
  (text, random) => text.replaceAll(/\n/g, pick(random, ['\r\n', '\r', '\n\n', '\u2028'])),
  (text, random) => pick(random, ['\uFEFF', '\u0000'.repeat(400), ' '.repeat(3_000), '\n\n']) + text,
  (text, random) => text + pick(random, ['\u0000'.repeat(4_000), '{', '"', '```', '<tool-use>', '\ud83d']),
  (text, random) => {
    const [a, b] = [at(text, random), at(text, random)].sort((one, other) => one - other);
    return text + text.slice(a, b);
  },
  (text, random) =>
    text.replaceAll(/\d{2,}/g, (digits) =>
      random() < 0.2 ? pick(random, ['0', '-1', '99999999999999999999', digits]) : digits,
    ),
  // Bytes that are not UTF-8, as a reader would decode them.
  (text, random) => {
    const bytes = Buffer.from(text);
    for (let flips = 0; flips < 20; flips++)
      bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    return bytes.toString('utf8');
  },
];

/** One to four mutations after each other. */
export function mutate(text: string, random: Random): string {
  let mutated = text;
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--)
    mutated = pick(random, mutations)(mutated, random);
  // Doubling may go on; this is enough to find what is not linear.
  return mutated.length > 2_000_000 ? mutated.slice(0, 2_000_000) : mutated;
}

/** A path for the file; some are hostile. */
export function mutatePath(path: string, random: Random): string {
  if (random() < 0.7) return path;
  return pick(random, [
    '-rf',
    '../../../etc/passwd',
    'a\nb.jsonl',
    'a"b.md',
    '.aider.chat.history.md',
    'x.traj',
    '',
    `${'d/'.repeat(500)}f`,
  ]);
}
