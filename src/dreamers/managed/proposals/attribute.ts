/** Finds the words of the sessions that a change at Anthropic rests on: the dream does not say where it has them from. */
import type { Quote } from '../../../core/dream/evidence.ts';
import { mayRefute, tellsOfAnEnd } from '../../../core/dream/said/denials.ts';
import { refutes } from '../../../core/dream/said/refutes.ts';
import { quoteOf } from '../../../core/dream/gather/reading.ts';
import { splitSentences } from '../../../core/dream/gather/sentences.ts';
import type { Session, Trust } from '../../../core/sessions/session.ts';
import { specifics } from '../../../core/text/specifics.ts';
import { stems } from '../../../core/text/words.ts';

/** What is looked for. */
export interface Sought {
  /** What is written, or goes. */
  readonly text: string;
  /** What memory said of it before: words that stand there speak for nothing new. */
  readonly known: string;
  /** It goes: only words that deny it or tell of an end speak for that. */
  readonly goes?: true;
}

interface Wanted {
  readonly sought: Sought;
  /** Of what is written and what stood there before: a sentence that has two of them speaks of it. */
  readonly words: ReadonlySet<string>;
  readonly fresh: ReadonlySet<string>;
  readonly values: readonly string[];
}

interface Found {
  readonly quote: Quote;
  readonly score: number;
}

/** Share of the fresh words that a sentence must speak of, without and with a value (path, number, name) of them. */
const leastShare = { words: 0.5, withValue: 0.25 };
const leastWords = 2;
/** A value in common weighs as much as so much of the words. */
const valueWeight = 0.25;
/** Of one session, and of all. */
const mostQuotes = { session: 2, all: 6 };

/** What weighs most comes first; memory read back is no evidence. */
const rank: Readonly<Record<Exclude<Trust, 'echo'>, number>> = {
  person: 0,
  claimed: 1,
  tool: 2,
  agent: 3,
  pasted: 4,
};

export interface Attribution {
  /** Reads one session; sessions come one at a time, so that one is in memory at once. */
  read(session: Session): void;
  /** Verbatim, in the order of `sought`. */
  quotes(): readonly (readonly Quote[])[];
}

export function createAttribution(sought: readonly Sought[]): Attribution {
  const wanted = sought.map(wantedOf);
  const index = indexOf(wanted);
  const found = wanted.map((): Found[] => []);
  return {
    read(session) {
      const here = wanted.map((): Found[] => []);
      for (const { event, text } of sentencesOf(session)) {
        const words = new Set(stems(text));
        for (const at of spokenOf(words, index)) {
          const one = wanted[at];
          const score = one === undefined ? 0 : scoreOf(one, words, text);
          const quote = score === 0 ? undefined : quoteOf(session, event, text);
          if (quote !== undefined && quote.trust !== 'echo') here[at]?.push({ quote, score });
        }
      }
      for (const [at, list] of here.entries())
        found[at]?.push(...list.sort(byWeight).slice(0, mostQuotes.session));
    },
    quotes: () => found.map((list) => firstOfEach(list).map(({ quote }) => quote)),
  };
}

function wantedOf(sought: Sought): Wanted {
  const { text, known } = sought;
  const before = new Set(stems(known));
  const after = new Set(stems(text));
  const fresh = new Set([...after].filter((stem) => !before.has(stem)));
  const values = specifics(text).filter(({ kind, value }) => kind !== 'negation' && !known.includes(value));
  return {
    sought,
    words: new Set([...before, ...after]),
    // Where nothing is new but the order, all of it must have been said.
    fresh: fresh.size === 0 ? after : fresh,
    values: [...new Set(values.map(({ value }) => value.toLowerCase()))],
  };
}

function scoreOf(wanted: Wanted, said: ReadonlySet<string>, text: string): number {
  const { sought, words, fresh, values } = wanted;
  if (sought.goes === true && refutes(text, sought.text)) return 1;
  if (sought.goes === true && !mayRefute(text) && !tellsOfAnEnd(text)) return 0;
  const share = shared(fresh, said) / fresh.size;
  const lower = text.toLowerCase();
  const named = values.filter((value) => lower.includes(value)).length;
  const enough = named > 0 ? leastShare.withValue : leastShare.words;
  if (share < enough || shared(words, said) < Math.min(leastWords, words.size)) return 0;
  return share + named * valueWeight + shared(words, said) / (words.size + said.size);
}

const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): number =>
  [...a].filter((word) => b.has(word)).length;

type Index = ReadonlyMap<string, readonly number[]>;

function indexOf(wanted: readonly Wanted[]): Index {
  const index = new Map<string, number[]>();
  for (const [at, { fresh }] of wanted.entries())
    for (const word of fresh) index.set(word, [...(index.get(word) ?? []), at]);
  return index;
}

function spokenOf(words: ReadonlySet<string>, index: Index): ReadonlySet<number> {
  return new Set([...words].flatMap((word) => index.get(word) ?? []));
}

function sentencesOf(session: Session) {
  return session.events.flatMap((event) =>
    event.spans
      .filter(({ trust }) => trust !== 'echo')
      .flatMap((span) => splitSentences(span.text).map((text) => ({ event, text }))),
  );
}

function byWeight(a: Found, b: Found): number {
  return rankOf(a) - rankOf(b) || b.score - a.score || a.quote.event - b.quote.event;
}

const rankOf = ({ quote: { trust } }: Found): number => (trust === 'echo' ? 9 : rank[trust]);

/** One of each session before a second of any. */
function firstOfEach(list: readonly Found[]): Found[] {
  const sorted = list.toSorted(byWeight);
  const seen = new Set<string>();
  const first = sorted.filter(({ quote }) => !seen.has(quote.session) && seen.add(quote.session));
  return [...first, ...sorted.filter((each) => !first.includes(each))].slice(0, mostQuotes.all);
}
