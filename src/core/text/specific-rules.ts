/** How each kind of specific looks in prose: one table, tried in order. */
import { isTool } from './tool-names.ts';

export interface Specific {
  readonly kind: 'number' | 'version' | 'date' | 'path' | 'url' | 'command' | 'name' | 'negation';
  /**
   * As written, except: numbers in digits with their unit (`30 s`), dates in ISO where they are whole, negations as one
   * of `not`, `without`, `except`, `instead`, `only`.
   */
  readonly value: string;
}

export interface SpecificRule {
  readonly kind: Specific['kind'];
  /** Global. */
  readonly pattern: RegExp;
  /** The value, or undefined when this match is none; then later rules may still match there. Default: the match. */
  readonly value?: (match: RegExpExecArray) => string | undefined;
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const day = '(\\d{1,2})(?:st|nd|rd|th)?';
const extension =
  '(?:[cm]?[jt]sx?|json[5cl]?|ya?ml|toml|mdx?|mdc|py|go|rs|rb|java|kts?|swift|c|cc|cpp|h|hpp|cs|php|sh|bash|zsh|sql|html?|s?css|less|xml|csv|txt|lock|env|ini|cfg|conf|log|proto|graphql|gradle|tf|vue|svelte|ipynb|png|svg|pdf|zip|gz|db|sqlite|wasm|snap|patch|diff|pem|mod|sum)';
const segment = String.raw`[\p{L}\p{N}_.@*{}<>$-]{1,100}`;
const sourceFolder =
  /^(?:src|lib|test|tests|docs?|cmd|app|apps|packages?|internal|scripts?|configs?|bin|pkg|tools?|examples?|public|server|client|web|api|migrations|components)\//i;
const numberWords = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const units: Readonly<Record<string, string>> = {
  millisecond: 'ms',
  msec: 'ms',
  second: 's',
  sec: 's',
  minute: 'min',
  hour: 'h',
  hr: 'h',
  day: 'day',
  percent: '%',
  character: 'char',
};
const plainUnits =
  /^(?:ms|s|min|h|d|%|°|[kmgt]i?b|px|x|(?:day|week|month|year|line|char|token|byte|space|time|file|retry|retrie|worker|thread|core|person|people|reviewer|approval|replica|node|request|attempt|column|commit|test|session|item|column|word|level|step|version|point)s?)$/;

export const specificRules: readonly SpecificRule[] = [
  {
    kind: 'url',
    pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s<>()`"'\]]+/gi,
    value: ([url]) => url.replace(/[.,;:!?*]+$/, ''),
  },
  { kind: 'date', pattern: /(?<![\w-])\d{4}-\d{2}(?:-\d{2})?(?![\w-])/g },
  {
    kind: 'date',
    pattern: new RegExp(`\\b${day}(?: of)? ${month},? (\\d{4})\\b`, 'gi'),
    value: (m) => isoDate(m[3], m[2], m[1]),
  },
  {
    kind: 'date',
    pattern: new RegExp(`\\b${month} ${day},? (\\d{4})\\b`, 'gi'),
    value: (m) => isoDate(m[3], m[1], m[2]),
  },
  {
    kind: 'date',
    pattern: new RegExp(`\\b(?:${day} ${month}|${month} (?:\\d{4}|${day}))(?!\\w)`, 'gi'),
    value: ([date]) => date.toLowerCase(),
  },
  { kind: 'name', pattern: /(?<![\w@/])@[\p{L}\p{N}._-]{1,100}\/[\p{L}\p{N}._-]{1,100}/giu },
  {
    kind: 'path',
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}_@/.:-])(?:(?:~|\.{1,2})\/|\/(?=[\p{L}.]))?(?:${segment}\/)+(?:${segment})?`,
      'giu',
    ),
    value: ([path]) => pathIn(path),
  },
  {
    kind: 'path',
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}_@/.*-])[\p{L}\p{N}_.*-]{1,100}\.${extension}(?![\p{L}\p{N}_/-]|\.\p{L})`,
      'giu',
    ),
    value: ([file]) => (/^\p{Lu}\p{Ll}+\.(?:js|ts)$/u.test(file) ? undefined : file),
  },
  { kind: 'path', pattern: /(?<![\w./*-])\.[a-z][\w-]+(?:\.[\w-]+)*(?![\w/])/gi },
  { kind: 'name', pattern: /(?<![\w-])--?[a-zA-Z][\w-]*(?:=[^\s`,;)]+)?/g },
  { kind: 'name', pattern: /\$\{?\w+\}?|(?<!\w)[A-Z][A-Z0-9]*_[A-Z0-9_]+(?:=\S+)?/g },
  {
    kind: 'version',
    pattern:
      /(?<![\w.])(?:(?:[~^]|[<>]=?|≥|≤)\s?)?v?\d+(?:\.(?:\d+|x|\*)){2,}(?:[-+][\w.]+)?(?!\w)|(?<![\w.])(?:[~^]|[<>]=?|≥|≤)\s?\d+(?:\.\d+)*(?!\w)|(?<![\w.])v\d+(?:\.\d+)*(?!\w)|(?<![\w.])\d+(?:\.\d+)?\.x(?!\w)/gi,
    value: ([version]) => version.replaceAll(/\s/g, '').toLowerCase(),
  },
  {
    kind: 'name',
    pattern:
      /(?<![\w$])[\p{L}_$][\w$]*(?:(?:\.|::|->)[\p{L}_$][\w$]*)+(?:\(\))?|(?<![\w$])[\p{L}_$][\w$]*\(\)/gu,
    value: ([name]) => (/^(?:e\.g|i\.e|a\.m|p\.m)/i.test(name) ? undefined : name),
  },
  {
    kind: 'name',
    pattern:
      /(?<![\w-])(?:[a-z]+[A-Z]\w*|[A-Z][a-z0-9]+[A-Z]\w*|[A-Z]{2,}[a-z]\w+|[a-zA-Z]\w*_\w+|[a-zA-Z]+\d+[a-zA-Z\d]*)(?!\w)/g,
    value: ([name]) => (/^[A-Z]{2,}s$/.test(name) ? undefined : name),
  },
  {
    kind: 'number',
    pattern:
      /(?<![\p{L}\p{N}_.])[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\p{N}_])(?:[ -]?([\p{L}%°]+))?/gu,
    value: (m) => withUnit(m[0].slice(0, m[0].length - (m[1]?.length ?? 0)).replaceAll(/[ ,]|-$/g, ''), m[1]),
  },
  {
    kind: 'number',
    // "one" is mostly a pronoun; it counts where a unit follows.
    pattern: new RegExp(String.raw`\b(${numberWords.join('|')}|twice)\b(?:[ -](\p{L}+))?`, 'giu'),
    value: (m) => spelledNumber(m[1] ?? '', m[2]),
  },
  {
    kind: 'name',
    pattern: /(?<=[\p{Ll}\p{N},)] )\p{Lu}[\p{L}\p{N}]*/gu,
    value: ([name]) => properName(name),
  },
  {
    kind: 'name',
    pattern: /(?<![\p{L}\p{N}_-])\p{Lu}{2,}s?(?![\p{L}\p{N}_])/gu,
    value: ([name]) => properName(name),
  },
  {
    kind: 'name',
    pattern: /(?<![\w-])[a-z][a-z-]+(?![\w-])/gi,
    value: ([word]) => (isTool(word) ? word : undefined),
  },
];

/** Words written in capitals to be heard; no names. */
const emphasised: ReadonlySet<string> = new Set(
  (
    'i a an the and or but not no never always must only all any every each before after do dont don is are be if when ' +
    'then than yes ok note important warning required critical mandatory todo in on of to with without for from at by ' +
    'use should may can will this that these those it you we they strictly absolutely immediately first both'
  ).split(' '),
);

function properName(name: string): string | undefined {
  return emphasised.has(name.toLowerCase()) ? undefined : name;
}

function pathIn(match: string): string | undefined {
  const path = match
    .replace(/[.,;:]+$/, '')
    .replace(/\*{2,}$/, (stars) => (match.includes(`/${stars}`) ? stars : ''));
  const slashes = path.split('/').length - 1;
  const plainWords = /^\p{L}+(?:\/\p{L}+)+$/u.test(path);
  // "and/or", "read/write" are words; "src/core" is a path.
  if (plainWords && !sourceFolder.test(path)) return slashes >= 3 ? path : undefined;
  return /^\d+(?:\/\d+)+$/.test(path) || path.startsWith('</') ? undefined : path;
}

function withUnit(number: string, word: string | undefined): string {
  const lower = word?.toLowerCase() ?? '';
  const singular = /^(?:ms|s|us)$/.test(lower) ? lower : lower.replace(/s$/, '');
  const unit = units[singular] ?? (plainUnits.test(lower) ? singular : '');
  return unit === '' ? number : `${number} ${unit}`;
}

function spelledNumber(word: string, unit: string | undefined): string | undefined {
  const lower = word.toLowerCase();
  if (lower === 'twice') return '2 time';
  const value = withUnit(String(numberWords.indexOf(lower)), unit);
  return lower === 'one' && !value.includes(' ') ? undefined : value;
}

function isoDate(
  year: string | undefined,
  name: string | undefined,
  dayOfMonth: string | undefined,
): string | undefined {
  const index = monthNames.indexOf((name ?? '').slice(0, 3).toLowerCase());
  if (index === -1 || year === undefined || dayOfMonth === undefined) return undefined;
  return `${year}-${String(index + 1).padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
}
