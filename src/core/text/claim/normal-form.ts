/**
 * Brings the ways in which a rule or fact is put to one: what is chosen and what rejected, what is forbidden, where a thing
 * is, whom to ask, how much there may be of it. Patterns say what they make of a text; none knows what the text is about.
 */
import { bounds, measures } from './rewritings/amounts.ts';
import { conditions } from './rewritings/conditions.ts';
import { particles } from './rewritings/particles.ts';
import { people } from './rewritings/people.ts';
import { doubled, obligation, polarity } from './rewritings/polarity.ts';
import { apiece, presence } from './rewritings/presence.ts';
import { type Rewriting, some } from './rewritings/rewriting.ts';
import { sources } from './rewritings/sources.ts';
import { timing } from './rewritings/timing.ts';

const stress: readonly Rewriting[] = [
  [/\b(?:make|be|making) (?:sure|certain)(?: that| to)?\b/giu, ''],
  [/\b(?:keep|bear) in mind(?: that)?\b/giu, ''],
  [/\b(?:don['’]?t|do not|never) forget (?:to|that)\b|\bremember to\b/giu, ''],
  [/\bby default\b/giu, 'default'],
  [/\bthe number of\b/giu, ''],
  [/\bread[ -]only\b/giu, 'readonly'],
  [/\bkeeps? track of\b/giu, 'track'],
  [/\b(?:it is|it['’]s) (?:important|essential|crucial|vital) (?:to|that)\b/giu, ''],
  [/^\W*(?:important|note|nb|rule|reminder|attention|warning|caution|tip|critical)\s*:/giu, ''],
  [/\b(?:without exception|at all times|in all cases|in every case)\b/giu, 'always'],
  [/\b(?:our|its|your|their|his|her) own\b/giu, ''],
  [/\b(?:it|them|him|her|your|our)sel(?:f|ves)\b/giu, ''],
  [/\bin order to\b/giu, 'to'],
  [/\bas well as\b/giu, 'and'],
  [/\b(?:when it comes to|with regard to|in terms of|as for|regarding|concerning)\b/giu, 'for'],
];

/** What is chosen, and after "not" what is rejected for it. */
const preference: readonly Rewriting[] = [
  [
    new RegExp(
      `\\b(?:prefer(?:s|red)?|favou?r(?:s|ed)?|choose|chose|pick|go with|opt for) ${some} over\\b`,
      'giu',
    ),
    'use $1 not',
  ],
  [/\bprefer(?:s|red)? (?!to\b)(\S+) to\b/giu, 'use $1 not'],
  [/\b(?:is|are) preferred (?:over|to)\b/giu, 'use not'],
  [/\b(?:instead of|rather than|in place of|in favou?r over)(?: using)?\b/giu, 'not'],
  [/\bnot(?: by)? using\b/giu, 'not'],
  [/,?\s*\binstead\b/giu, ''],
  [/\b(?:prefer|favou?r|choose|opt for|go with|make use of|stick (?:to|with))\b/giu, 'use'],
];

/** "Use X to build Y" is "build Y with X". */
const instruments: readonly Rewriting[] = [
  [
    /(^|[.;:,] )(?:we |you )?(?:must |should )?use ([^,.;:!?]{1,60}?) (?:to|for) ((?:(?! -{1,2} |[,.;:!?–—]).){1,80})/giu,
    '$1$3 with $2',
  ],
  [/\b(?:by )?using\b/giu, 'with'],
];

/** Nouns that are written in one word, and their verbs in two. */
const compound =
  /\b(?:(clean|set|start|back|look|follow|warm|speed|spin|wrap)(?:t|n|g|k|p)?(?:s|ed|ing)?[ -](up)|(shut|slow|lock|tear|cool)(?:t)?(?:s|ed|ing)?[ -](down)|(roll|fall|hold)(?:s|ed|ing)?[ -](back)|(time|roll|sign|log|lock)(?:g)?(?:s|d|ed|ing)?[ -](out)|timing (out)|(hand|fail|take)(?:s|ed|ing)?[ -](over)|(change)[ -](logs?)|(code)[ -](base)|(file|user|host)[ -](names?)|(time)[ -](stamps?)|(white)[ -](space)|(end)[ -](points?))\b/giu;

function joined(_match: string, ...groups: unknown[]): string {
  const parts = groups.slice(0, -2).filter((part) => typeof part === 'string');
  return parts.length === 1 ? `time${parts.join('')}` : parts.join('');
}

/** "Port 80 is where it listens": what stands in front for stress goes back to its place. */
const cleft: Rewriting = [
  /^([^,.;:!?]{1,60}?) (?:is|are) (?:what|where|who|how|when|why) ([^.;:!?]{1,120}?)(?=[.!]?\s*$)/giu,
  '$2 $1',
];

/** "Before a push, lint": what stands in front goes behind. */
const fronted: Rewriting = [
  /(^|[.;!?] )((?:in|on|at|before|after|for|when|whenever|if|while|during|unless|without|to|until|once) [^,.;:!?()]{1,80}), ([^,.;:!?()]{1,120})(?=[.!?]? *$|[.;!?] )/giu,
  '$1$3 $2',
];

/** "In staging there are two replicas". */
const fore: Rewriting = [
  /(^|[.;!?] )(in [^,.;:!?()]{1,60}?),? there (is|are) ([^,.;:!?()]{1,100})/giu,
  '$1there $3 $4 $2',
];

/** "Only the mixer may write" says who, "the mixer may only write" what. */
const subject: Rewriting = [/\b[Oo]nly (?=the |an? |its |our |\uE000|\p{Lu})/gu, 'onlyself '];

const rewritings: readonly Rewriting[] = [
  cleft,
  apiece,
  ...stress,
  fore,
  fronted,
  ...particles,
  ...presence,
  ...conditions,
  ...timing,
  ...bounds,
  ...doubled,
  ...polarity,
  subject,
  ...preference,
  ...instruments,
  ...sources,
  ...people,
  ...obligation,
  ...measures,
];

/** @param text prose; what must not be touched, such as code, is masked. */
export function normalForm(text: string): string {
  return rewritings
    .reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text)
    .replace(compound, joined);
}
