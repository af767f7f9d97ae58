/** What people say is not, or no longer, so: "we don't have X any more", "the API listens on 4000 now, not 3000". */
import type { SignalOf } from '../signal.ts';
import { specifics } from '../../text/specifics.ts';
import { denials } from './denials.ts';
import { type Reading, quotesOf } from './reading.ts';
import { stripPleasantries } from './wording.ts';

export interface Refutation {
  /** The names and values said to be gone or wrong, as written. */
  readonly targets: readonly string[];
  readonly replacement?: string;
}

type Pattern = readonly [pattern: RegExp, read: (match: RegExpExecArray) => { old: string; now?: string }];

const thing = String.raw`(.{2,80}?)`;
const stop = String.raw`(?=[,;!)]|\.(?:\s|$)|\s+(?:and|but|so|because|since|as|which|that|in|on|for|at|any|these|last|after|when|already|now|entirely|completely|a while|long ago)\b|$)`;
const value = String.raw`((?!(?:does|do|is|are|was|were|has|have|should|must|can|could|will|would|did|be)\b)(?:"[^"]+"|'[^']+'|\`[^\`]+\`|[^\s,;]+)(?:\s+(?:v?\d[\w.]*|[A-Z][\w.-]*))?)`;

/** Tried in order; the first that fits and names something specific wins. */
const patterns: readonly Pattern[] = [
  // A → B
  [
    new RegExp(
      String.raw`\b(?:switched|moved|migrated|changed|upgraded|went|switching|moving|migrating) (?:over |away )?from ${thing} to ${thing}${stop}`,
      'i',
    ),
    pair(1, 2),
  ],
  [
    new RegExp(String.raw`\b(?:replaced|swapped(?: out)?) ${thing} (?:with|by|for) ${thing}${stop}`, 'i'),
    pair(1, 2),
  ],
  [
    new RegExp(
      String.raw`^(?:the |our )?${thing} (?:is|are|was|were|has been|have been|got) (?:now )?(?:renamed|moved|replaced|superseded|changed) (?:to|by|with|into) ${thing}${stop}`,
      'i',
    ),
    pair(1, 2),
  ],
  [
    new RegExp(
      String.raw`^(?:we|i|they|the team) (?:have |has |'ve )?(?:renamed|moved|changed) (?:the |our )?${thing} to ${thing}${stop}`,
      'i',
    ),
    pair(1, 2),
  ],
  // B now, not A
  [
    new RegExp(
      String.raw`\b(?:is|are|uses?|runs? on|listens? on|lives? (?:in|at)|goes? to|go(?:es)? (?:in|into)|on|at|to|requires?|needs?) (?:now |actually )?${value}(?: now| these days| nowadays)?,? (?:and )?(?:not|no longer|instead of|rather than) (?:on |in |at |to |the )?${value}(?: any ?more| any longer)?${stop}`,
      'i',
    ),
    pair(2, 1),
  ],
  [
    new RegExp(
      String.raw`\b(?:isn't|is not|aren't|are not|not) ${value} (?:any ?more|any longer|now)[,;]? (?:but|it'?s(?: now)?|now|rather) ${value}${stop}`,
      'i',
    ),
    pair(1, 2),
  ],
  [
    new RegExp(String.raw`\b(?:it'?s|that'?s|they'?re) (?:now )?${value},? not ${value}${stop}`, 'i'),
    pair(2, 1),
  ],
  [
    new RegExp(
      String.raw`\b(?:no longer|not) (?:on |in |at |use |uses |using |used )?${value}(?:[,;]| but| -) (?:it'?s |we(?:'re| are)? |but |now |use |uses |using )+(?:now |on |in |at )*${value}${stop}`,
      'i',
    ),
    pair(1, 2),
  ],
  // A is gone
  [
    new RegExp(
      String.raw`\b(?:we|i|they|you|the (?:team|project|repo|app|cli|api)|it) (?:no longer|don'?t|do not|doesn'?t|does not|won'?t|never) (?:have|use|need|support|run|ship|maintain|keep|want|do|deploy (?:to|with)|rely on|depend on|store|publish|require|call|host|build) ${thing} (?:any ?more|any longer|now)\b`,
      'i',
    ),
    one,
  ],
  [
    new RegExp(
      String.raw`\b(?:we|they|the (?:team|project|repo|app|cli|api)|it) (?:no longer|stopped|quit|ceased) (?:have|has|use|uses|using|need|needs|needing|support|supports|supporting|run|runs|running|ship|ships|shipping|maintain|maintaining|rely on|depend on|store|storing|publish|publishing|deploy to|deploying to|deploy|require|requires) ${thing}${stop}`,
      'i',
    ),
    one,
  ],
  [
    new RegExp(
      String.raw`^(?:the |our |that )?${thing} (?:is|are|was|were|has been|have been|got|will be) (?:now |already |completely |entirely |all )*(?:removed|deleted|gone|dropped|retired|obsolete|deprecated|dead|decommissioned|shut down|turned off|out of date|outdated|discontinued|killed|abandoned|defunct|unused)\b`,
      'i',
    ),
    one,
  ],
  [
    new RegExp(
      String.raw`^(?:the |our |that )?${thing} (?:no longer|does not|doesn'?t) (?:exists?|apply|applies|works?|holds?|runs?)(?: any ?more)?\b`,
      'i',
    ),
    one,
  ],
  [
    new RegExp(
      String.raw`^(?:the |our )?${thing} (?:isn'?t|is not|aren'?t|are not) (?:\w+ )?(?:used|supported|needed|required|there|true|valid|right|correct|the case|maintained|in use)(?: any ?more| any longer)?\b`,
      'i',
    ),
    one,
  ],
  [
    new RegExp(
      String.raw`\b(?:we|they|i) (?:have |'ve |finally |already )*(?:removed|deleted|dropped|retired|got rid of|killed|decommissioned|deprecated|abandoned|ditched|shut down) ${thing}${stop}`,
      'i',
    ),
    one,
  ],
  [
    new RegExp(
      String.raw`\bthere(?:'s| is| are|'re) no (?:more |longer (?:a |an |any )?)${thing}${stop}`,
      'i',
    ),
    one,
  ],
  [
    new RegExp(
      String.raw`^(?:the )?(?:note|memory|docs?|documentation|readme|claude\.md|agents\.md|instructions?)(?: about| on| saying| that says?)? ${thing} (?:is|are) (?:wrong|outdated|out of date|stale|incorrect|false|old)\b`,
      'i',
    ),
    one,
  ],
];

function pair(old: number, now: number): (match: RegExpExecArray) => { old: string; now?: string } {
  return (match) => ({ old: match[old] ?? '', now: match[now] ?? '' });
}

function one(match: RegExpExecArray): { old: string } {
  return { old: match[1] ?? '' };
}

const conditional =
  /\?\s*$|^(?:if|when|unless|once|after|before|should|could|can|would|let'?s|maybe|perhaps|what if|why|is|are|does|did|do|i (?:think|wonder|wish)|check (?:if|whether))\b/i;

const filler = /\s+(?:now|instead|these days|nowadays|already|any ?more|any longer|entirely|completely)$/i;

/** A phrase without articles and trailing adverbs; what stands in code or quotes alone, if something does. */
function bare(phrase: string): string {
  const quoted = /`([^`]+)`|"([^"]+)"/.exec(phrase);
  if (quoted !== null) return quoted[1] ?? quoted[2] ?? '';
  return phrase
    .replace(/^(?:(?:the|our|a|an|any|that|this|port|version|branch|on|in|at|to)\s+)+(?=\S)/i, '')
    .replace(filler, '')
    .replace(/^[`"']|[`"'.,;:!?)]+$/g, '')
    .trim();
}

/** Words of a plain phrase that name nothing in particular. */
const vague =
  /\b(?:it|this|that|these|those|them|they|everything|anything|nothing|something|one|here|there|all|any|things?|stuff|time|need|needs|way|idea|reason|problems?|money|issues?|errors?|changes?|for|with|of|about|work|working|failing|broken)\b/i;

/** Names and values that can be looked for in memory: what stands in code, looks like a name or number, or is short. */
function namesIn(phrase: string): string[] {
  const found = specifics(phrase)
    .filter((specific) => specific.kind !== 'negation')
    .map((specific) => specific.value);
  const code = /`[^`]+`/.test(phrase) ? [bare(phrase)] : [];
  if (found.length + code.length > 0) return [...new Set([...code, ...found])];
  const plain = bare(phrase);
  return plain.length >= 3 && plain.split(/\s+/).length <= 3 && !vague.test(plain) ? [plain] : [];
}

/** The value of a phrase that would stand in another's place. */
function replacementIn(phrase: string | undefined): string | undefined {
  const plain = phrase === undefined ? '' : bare(phrase);
  return plain === '' || vague.test(plain) || plain.split(/\s+/).length > 4 ? undefined : plain;
}

/** "the Moxa relay" and "a Pilz relay" differ in the name only. */
function withoutSharedTail({ old, now }: { old: string; now?: string }): { old: string; now?: string } {
  const [before, after] = [old.trim().split(/\s+/), now?.trim().split(/\s+/) ?? []];
  const shared = before
    .toReversed()
    .findIndex((word, at) => word.toLowerCase() !== after.at(-1 - at)?.toLowerCase());
  if (shared <= 0 || shared >= after.length) return { old, ...(now === undefined ? {} : { now }) };
  const [names, values] = [before.slice(0, -shared).join(' '), after.slice(0, -shared).join(' ')];
  return bare(names) === '' || bare(values) === '' || articles.test(names) || articles.test(values)
    ? { old, ...(now === undefined ? {} : { now }) }
    : { old: names, now: values };
}

const articles = /^(?:the|our|a|an|any|that|this)$/i;

/** What a sentence refutes; undefined when it refutes nothing nameable. */
export function readRefutation(sentence: string): Refutation | undefined {
  const text = stripPleasantries(sentence).replace(/[’]/g, "'");
  if (conditional.test(text)) return undefined;
  for (const [pattern, read] of patterns) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const { old, now } = withoutSharedTail(read(match));
    const targets = namesIn(old);
    if (targets.length === 0) continue;
    const replacement = replacementIn(now);
    return { targets, ...(replacement === undefined ? {} : { replacement }) };
  }
  return undefined;
}

/** What is refuted is often known only from memory, so the words around a denial are kept with the names it holds. */
export function gatherRefutations(reading: Reading): Omit<SignalOf<'refutation'>, 'id' | 'session'>[] {
  return denials(reading.sentences).flatMap((window) => {
    const quotes = quotesOf(
      reading.session,
      window.map(({ event, text }) => [event, text] as const),
    );
    if (quotes.length === 0) return [];
    const found = window.flatMap(({ text }) => readRefutation(text) ?? []);
    const replacement = found.length === 1 ? found[0]?.replacement : undefined;
    const at = window[0]?.event.at;
    return [
      {
        kind: 'refutation' as const,
        quotes,
        ...(at === undefined ? {} : { at }),
        targets: [...new Set(found.flatMap(({ targets }) => targets))],
        ...(replacement === undefined ? {} : { replacement }),
        text: window.map(({ text }) => text).join('\n'),
      },
    ];
  });
}
