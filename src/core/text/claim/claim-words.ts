/** Word classes that decide whether two notes claim the same. Stems, as `core/text/words.ts` makes them. */
import { stems, words } from '../words.ts';

const listed = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .trim()
      .split(/\s+/)
      .flatMap((word) => [...stems(word), ...words(word)]),
  );

/** Words of one meaning beside those that `core/text` knows; the first of each line stands for all. */
const synonymLines = `
only solely exclusively
if when whenever
while whilst
above over
below under
not never avoid refrain no cannot
atmost limit cap max maximum
atleast minimum min
store save
check confirm
remove purge
ensure guarantee
need mandatory necessary necessity
change edit modify alter touch
live define declare place put locate find hold contain reside sit belong go goes went found list
every all each
document describe explain
owner own owned owns ownership
maintain maintainer maintenance
decide decision
fail failure
expire expiry expiration
length long
use usage consume consumption
reach reachable
access accessible
width wide
height high
depth deep
deliver delivery
respond response
recover recovery
lose loss
choose choice
depend dependency
permit permission allow
happen occur
create produce
reject refuse
stale outdated obsolete
discard drop
depend rely
release publish
through via
add adding added
ban forbid
review reviewer
manual manually
automatic automatically
nightly night
database db
application app
production prod
development dev
authentication auth
parameter param
administrator admin
specification spec
kubernetes k8s
2 two
3 three
4 four
5 five
6 six
7 seven
8 eight
9 nine
10 ten
11 eleven
12 twelve
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
    'now ought shall recommended',
);

/** What narrows or turns a claim. Two notes that differ in one of these do not say the same. */
export const limits = listed(
  'not without unless except only until but notall nolonger morethan lessthan may might optional ' +
    'optionally some most rarely seldom sometimes usually often otherwise first last half twice above below',
);

/** A clause that begins with one of these narrows the one before it: it cannot be an afterthought. */
export const narrowing = listed(
  'if when whenever while during where for in on at within after before without',
);

/** What takes something away from a rule. A clause that holds one is never an afterthought. */
export const exceptions = listed('unless except only but until otherwise may might optional');

/** Words whose object matters: "copy from A to B" is not "copy from B to A". */
export const directions = listed(
  'if only before after over than not from into until without via under above below to by on for with against while per uponevent through in',
);

/** Verbs and nouns that add nothing to what stands beside them; one may stand for another. */
export const empty = listed(
  'use live make get have be perform happen thing something anything everything way kind case question person people ' +
    'proper properly correct correctly project repository them one our both every all each',
);

/** Verbs and nouns so general that a note may lack them and still say the same; in place of each other they do not. */
export const weak = listed(
  'run do keep want work add give take let call provide handle command file code step task time part approach method whole ' +
    'any compose',
);

/**
 * Headings that say what notes are about, not where they hold: the same note may stand under any of them. "Python" or
 * "Backend" is none.
 */
export const topical = listed(
  'build building compile test tests testing quality code coding style formatting naming deploy deployment deployments ' +
    'release releases releasing data database storage team people contacts who process workflow workflows development ' +
    'git commit commits branching tool tools tooling command commands architecture structure design doc docs documentation ' +
    'security performance log logging logs error errors setup install installation environment dependency dependencies ' +
    'debug debugging troubleshooting review reviews ci operation operations ops maintenance config settings service services',
);

/** Headings that say what sort of notes follow and narrow nothing. */
export const catchAll = listed(
  'note notes general misc miscellaneous rule rules guideline guidelines convention conventions tip tips gotcha gotchas ' +
    'pitfall pitfalls learned learning learnings lesson lessons memory memories project overview reminder ' +
    'reminders preference preferences quick reference instruction instructions agent agents claude gemini copilot log ' +
    'inbox other others todo decision decisions fact facts known issue issues practice practices best key team shared ' +
    'common good know what how our the my things info information section summary knowledge index readme more additional details',
);
