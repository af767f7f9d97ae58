/** The closed word classes by which English says that something has a value, that it has it no more, or that it changed. */
import { stems } from '../../text/words.ts';
import { verbs } from './verbs.ts';

const list = (text: string): ReadonlySet<string> => new Set(text.split(' '));

export const negations = list(
  'not never no nor cannot neither nobody none nothing nowhere hardly nearly almost barely',
);

/** Presents of "to be" and its kin, and signs that stand for them. */
export const copulas = list("is are am 's be become becomes became remains equals = : → -> =>");
export const pastCopulas = list('was were');
export const haves = list('has have had having');
/** Between "to have" or "to be" and a participle. */
export const perfects = list('been being got gets get');

export const pronouns = list('it that this they them those these one');

/** Subjects by which a conjunction is known to open a clause. */
export const subjects = list(
  'we i they you it he she that this these those there somebody someone people everybody the our',
);

/** Words that open a new clause. */
export const conjunctions = list(
  'because but so and or that which while whereas although though if when until unless once as where who since',
);

/** May stand between a verb and its value, or between a thing and its verb, and change nothing. */
export const fillers = list(
  'the a an our your their its this that these those my any both on in at to by via with as about around for of into ' +
    'onto under behind through within after every each up down over out port version value number name address url called ' +
    'named known exactly roughly now already just really actually currently finally completely entirely totally officially ' +
    'recently simply only even still apparently basically meanwhile instead rather also all long since here there new old ' +
    'newer older previous legacy former ancient today nowadays definitely permanently quietly then again using well longer ' +
    'more such',
);

/** Tie a value to its verb: "listens on", "moved to", "replaced by". */
export const ties = list(
  'on in at to by via with into onto under behind through within after every for as from using',
);

/** Something else stands in the place of what follows them. */
export const displacers = list(
  'than instead from formerly previously without versus vs ex unlike outdated stale obsolete',
);

/** Verbs that say only that something has a value. */
export const holding = verbs(
  'use need require have hold keep run listen live answer land start host store serve set find reach locate name call make ' +
    'build deploy send upload lie go get take last cost want expect contain support cover speak show return default point ' +
    'resolve cool expire poll wait allow equal mean sit stay belong expose bind connect publish say read',
);

/** Verbs that put one thing in the place of another. */
export const replacing = verbs(
  'replace swap rename move migrate switch change supersede upgrade bump raise lower increase decrease downgrade convert ' +
    'shift transition update go turn extend reduce shorten cut double halve set adjust correct exchange port transfer relocate',
);

/** Sets a present against a past, or says that something is wrong. */
export const contrasts = list(
  'now nowadays anymore longer since actually meanwhile meantime instead rather finally lately recently wrong incorrect untrue ' +
    'false mistaken outdated stale obsolete old older ancient formerly previously before ago earlier was were changed today ' +
    'nope nah become became no not never correction update news leftover correct these rely reality right',
);

/** Of a value in a note: what was said of it is not so. */
export const wrongWords = list(
  'wrong incorrect untrue false mistaken outdated stale obsolete old older ancient history gone over dead past leftover ' +
    'superseded deprecated before ago formerly previously earlier until previous last former invalid expired retired',
);

/** What the notes are called, whose words prove nothing against themselves. */
export const noteNames = list(
  'note notes memory doc docs documentation readme entry line claude.md agents.md gemini.md instructions',
);

/** Words that say only that something has a value, and of what kind: others may stand for them; as stems. */
export const frame: ReadonlySet<string> = new Set(
  stems(
    'run runs keep kept host hosted upload uploaded start started listen listens land lands answer answers use used live ' +
      'lives go goes call called set get expire every each after before is located lies named require need serve store stored ' +
      'cut made send sent deploy deployed build built find found reach reachable available default current currently address ' +
      'home place location command url link port name host owner contact person version limit value number branch managed ' +
      'handled tool service provider system published served exposed saved written delivered forwarded reported shown put ' +
      'placed interval time duration size length amount count total rate frequency period maximum minimum must should only ' +
      'always most least at day per now new old not no never instead we you',
  ),
);

/** When, by whom and how sure a change is told: none of it is what changed. */
export const neutral = list(
  'last next week month year quarter sprint january february march april may june july august september october november ' +
    'december monday tuesday wednesday thursday friday saturday sunday summer winter spring autumn fall today yesterday days ' +
    'weeks months years while ages ago reason reasons good careful sorry sry fyi told team think mean i we you they it that ' +
    'this he she somebody someone everybody people ops who whoever what where which again there longer once before past off ' +
    'got become became info information true say says heads look looking any more anymore take takes correct right wrong real ' +
    'reality actual proper value know known believe afraid because so but and or as if then than was were very just not ' +
    'decision well please use using do does did one ones pretty sure want away favour favor meantime',
);

/** Only here, only for now, or taken back: nothing that memory should follow. */
export const local =
  /\b(?:for now|temporarily|for the day|until (?:monday|tuesday|wednesday|thursday|friday|tomorrow)|locally|on my (?:machine|branch|laptop|side)|in my (?:branch|fork|checkout)|in this (?:branch|pr|test|run|script|file|commit|function|experiment)|undo|restore|reverted|rolled (?:it )?back|by accident|accidentally|by mistake)\b/i;

/** A word between a thing and what is said of it, or between a verb and its object. */
export const isBetween = (word: string): boolean => fillers.has(word) || word.endsWith('ly');

export const isAuxiliary = (word: string): boolean =>
  [copulas, pastCopulas, haves, perfects].some((words) => words.has(word)) || /^(?:does|do|did)$/.test(word);
