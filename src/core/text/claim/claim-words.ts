/** Word classes that decide whether two notes claim the same. Stems, as `core/text/words.ts` makes them. */
import { stems, words } from '../words.ts';

const listed = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .trim()
      .split(/\s+/)
      .flatMap((word) => [...stems(word), ...words(word)]),
  );

/** Phrases of several words, written as the one word they mean before words are counted. */
export const phrases: readonly (readonly [RegExp, string])[] = [
  [/\b(?:make|be|making) sure(?: that)?\b/giu, 'ensure'],
  [/\b(?:keep|bear) in mind(?: that)?\b/giu, 'remember'],
  [/\bdon['’]?t forget to\b/giu, 'remember'],
  [/\bit is important (?:to|that)\b|^\W*(?:important|note|nb)\s*:/giu, ''],
  [/\bprior to\b/giu, 'before'],
  [/\bin advance of\b/giu, 'before'],
  [/\bsubsequent to\b/giu, 'after'],
  [/\bonce\b/giu, 'after'],
  [/\b(?:instead of|rather than|in place of|not)(?= using\b)/giu, 'instead'],
  [/\b(?:instead of|rather than|in place of)\b/giu, 'instead'],
  [/\bin order to\b/giu, 'to'],
  [/\bas well as\b/giu, 'and'],
  [/\b(?:has|have|needs?) to\b/giu, 'must'],
  [/\b(?:is|are) (?:required|mandatory|obligatory)\b/giu, 'must'],
  [/\bno longer\b/giu, 'nolonger'],
  [/\bwithout exception\b/giu, 'always'],
  [/\b(?:each|every) time\b/giu, 'whenever'],
  [/\bmake use of\b/giu, 'use'],
  [/\bset up\b/giu, 'setup'],
  [/\bat (least|most)\b/giu, 'at$1'],
  [/\bmore than\b/giu, 'morethan'],
  [/\b(?:less|fewer) than\b/giu, 'lessthan'],
  [/\bup to\b/giu, 'atmost'],
  [/\bcarry out\b/giu, 'run'],
  [/\bget rid of\b/giu, 'remove'],
];

/** Words of one meaning beside those that `core/text` knows; the first of each line stands for all. */
const synonymLines = `
only solely exclusively
if when whenever
while whilst
above over
below under
not never avoid refrain
store save
check confirm
remove purge
ensure guarantee
need mandatory
live define place put locate find
2 two
3 three
4 four
5 five
6 six
7 seven
8 eight
9 nine
10 ten
`;

const folded: ReadonlyMap<string, string> = new Map(
  synonymLines
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [first = '', ...others] = line.split(' ');
      const target = stems(first)[0] ?? first;
      return others.flatMap((other) =>
        [...stems(other), other].map((form): [string, string] => [form, target]),
      );
    }),
);

/** The stem that stands for a stem's synonyms. */
export function foldSynonym(stem: string): string {
  return folded.get(stem) ?? stem;
}

/** Stress, not content: a rule is the same rule without them. None shares its stem with a word of content ("important", "import"). */
export const emphasis = listed(
  'always must should please ensure sure remember strictly really simply just also kindly ' +
    'now ought shall recommended reminder tip warning attention critical',
);

/** What narrows or turns a claim. Two notes that differ in one of these do not say the same. */
export const limits = listed(
  'not no nor neither without unless except only until but nolonger atleast atmost morethan lessthan may might optional ' +
    'optionally some most rarely seldom sometimes usually often instead otherwise first last half twice above below',
);

/** A clause that begins with one of these narrows the one before it: it cannot be an afterthought. */
export const narrowing = listed(
  'if when whenever while during where for in on at within after before without',
);

/** What takes something away from a rule. A clause that holds one is never an afterthought. */
export const exceptions = listed('unless except only but until instead otherwise may might optional');

/** Words whose object matters: "copy from A to B" is not "copy from B to A". */
export const directions = listed(
  'before after over than instead not from into until without via under above below to by on for with',
);

/** Verbs and nouns so general that a note may lack them and still say the same; in place of each other they do not. */
export const weak = listed(
  'use run do make get go keep be need want work add give take let call provide perform handle happen way thing ' +
    'command file code project repository change everything anything something it them one live ' +
    'step task time case part kind approach method whole proper properly correct correctly ' +
    'any every all our own both',
);

/** Headings that say what sort of notes follow and narrow nothing. */
export const catchAll = listed(
  'note notes general misc miscellaneous rule rules guideline guidelines convention conventions tip tips gotcha gotchas ' +
    'pitfall pitfalls learned learning learnings lesson lessons memory memories project overview reminder ' +
    'reminders preference preferences quick reference instruction instructions agent agents claude gemini copilot log ' +
    'inbox other others todo decision decisions fact facts known issue issues practice practices best key team shared ' +
    'common what how our the my things info information section summary knowledge index readme more additional details',
);
