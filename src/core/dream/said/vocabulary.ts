/** The closed word classes by which English says that something holds, held, is denied, changed or ended. */
import { stemmer } from 'stemmer';
import { stems } from '../../text/words.ts';

const list = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));
const stemList = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).map(verbStem));

/** One stem for all forms of a verb, irregular ones too. */
export function verbStem(word: string): string {
  return stemmer(irregular.get(word) ?? word);
}

/** Past forms that share no stem with their verb. */
const irregular: ReadonlyMap<string, string> = new Map(
  (
    'took take,taken take,threw throw,thrown throw,tore tear,torn tear,gave give,given give,got get,gotten get,' +
    'went go,gone go,done do,ran run,kept keep,found find,sent send,built build,made make,held hold,said say,meant mean,' +
    'thought think,told tell,knew know,wrote write,written write,saw see,seen see,had have,has have,did do,does do,' +
    'chose choose,chosen choose,lay lie,sold sell,brought bring,forgot forget,forgotten forget,withdrew withdraw,' +
    'withdrawn withdraw,wound wind,died die,dying die,stuck stick,became become,quitting quit,axing axe,axed axe,dropt drop,left leave,spent spend,fell fall'
  )
    .split(',')
    .map((pair) => pair.split(' '))
    .map(([form = '', verb = '']) => [form, verb]),
);

/** Forms that are past tense or participle without "-ed". */
const irregularPast = new Set([
  ...[...irregular.keys()].filter((form) => !/^(?:has|does)$|ing$/.test(form)),
  ...'was were cut put set shut quit split read sunset'.split(' '),
]);

export const isPast = (word: string): boolean => /[^e]ed$/.test(word) || irregularPast.has(word);

export const negations = list(
  'not never no nor cannot neither nobody none nothing nowhere hardly nearly almost barely',
);

/** Presents of "to be" and its kin, and signs that stand for them. */
export const copulas = list("is are am 's be become becomes became remains equals = : → -> => ≠");
export const pastCopulas = list('was were');
export const haves = list('has have had having');
export const perfects = list('been being got gets get');

/** May stand between a verb and its value, or between a thing and its verb, and change nothing. */
export const fillers = list(
  'the a an our your their its this that these those my any both on in at to by via with as about around for of into onto ' +
    'under behind through within after every each up down over out port version value number name address url called named ' +
    'known exactly roughly now already just really actually currently finally completely entirely totally officially ' +
    'recently simply only even still apparently basically meanwhile instead rather also all long since here there new ' +
    'old newer older previous legacy former ancient today nowadays definitely permanently quietly then again using well longer more such',
);

/** Tie a value to its verb: "listens on", "moved to", "replaced by". */
export const ties = list(
  'on in at to by via with into onto under behind through within after every for as from using',
);

/** Whatever follows them is what something else stands in the place of. */
export const displacers = list(
  'than instead from formerly previously without versus vs ex unlike outdated stale obsolete',
);

/** Verbs that say only that something has a value; as stems. */
export const holding = stemList(
  'use need require have hold keep run listen live answer land start host store serve set find reach locate name call ' +
    'make build deploy send upload lie go get take last cost want expect contain support cover speak show return ' +
    'default point resolve cool expire poll wait allow equal mean sit stay belong expose bind connect publish say read',
);

/** Verbs that put one thing in the place of another; as stems. */
export const replacing = stemList(
  'replace swap rename move migrate switch change supersede upgrade bump raise lower increase decrease downgrade convert ' +
    'shift transition update go turn extend reduce shorten cut double halve set adjust correct exchange port transfer relocate',
);

/** What the notes are called, whose words prove nothing against themselves. */
export const noteNames = list(
  'note notes memory doc docs documentation readme entry line claude.md agents.md gemini.md instructions',
);

/** What follows them is only said or believed: by others, and by oneself where it was so once. */
export const saying = list(
  'say says said claim claims claimed state states tells mention mentions list lists',
);
export const believing = list(
  'thought assumed believed assume assumes expected heard guessed remembered wondered suspect',
);

/** Verbs of putting an end to something, by themselves; as stems. */
export const ending = stemList(
  'remove delete drop retire kill axe scrap cancel abolish discontinue decommission abandon ditch dismantle dissolve disband ' +
    'sunset eliminate terminate deprecate withdraw revoke purge wipe erase uninstall unplug archive nuke shelve mothball trash ' +
    'shutter supersede replace obsolete disable deactivate close end ax sack bin deinstall undeploy rescind chop',
);

/** Ends when somebody says so of a thing; as they stand. */
export const ended = list(
  'gone history obsolete defunct extinct kaput passé outdated deprecated retired superseded unused unsupported ' +
    'unmaintained nonexistent non-existent legacy',
);

/** So too where it is said for how long: alone they may tell of a moment. */
export const endedLong = list('dead offline unavailable toast over down finished disabled');

/** Verbs of coming to an end, without an object; as stems. */
export const vanishing = stemList('disappear vanish cease die expire evaporate perish fold lapse dissolve');

/** Verbs with a particle that put an end to something; an object may stand between. */
export const phrasalEndings: readonly (readonly string[])[] = [
  ...phrases('switch,turn,shut,call,power,kill,cut,sell,write,finish', 'off'),
  ...phrases('shut,take,tear,close,wind,pull,bring,break,scale,power,strip', 'down'),
  ...phrases('throw,take,give,do,put,clear,toss,chuck,go,sweep,pass,move', 'away'),
  ...phrases('throw,rip,tear,phase,take,pull,cut,fade,clean,kick,toss,strip,go,carry,edge', 'out'),
  ...phrases('give,clean,fold,break,wrap', 'up'),
  ...phrases('take,go,knock', 'offline'),
  ...phrases('kill,sell', 'off'),
  ['get', 'rid', 'of'],
  ['do', 'away', 'with'],
  ['part', 'with'],
  ['part', 'ways', 'with'],
  ['put', 'an', 'end', 'to'],
  ['bring', 'an', 'end', 'to'],
  ['say', 'goodbye', 'to'],
  ['wave', 'goodbye', 'to'],
  ['pull', 'the', 'plug', 'on'],
  ['move', 'on', 'from'],
  ['give', 'up', 'on'],
  ['lay', 'to', 'rest'],
  ['put', 'to', 'rest'],
  ['put', 'to', 'sleep'],
  ['let', 'go', 'of'],
];

function phrases(verbs: string, particle: string): string[][] {
  return verbs.split(',').map((verb) => [verb, particle]);
}

/** What is said of a thing that came to its end, after its name. */
export const lastWords: readonly string[] = [
  'no more',
  'had to go',
  'bit the dust',
  'left us',
  'met its end',
  'came to an end',
  'come to an end',
  'got the axe',
  'got the boot',
  'got the chop',
  'a thing of the past',
  'of the past',
  'out of service',
  'out of use',
  'out of date',
  'put to rest',
  'laid to rest',
  'belongs to the past',
  'fell away',
  'not with us',
];

/** A thing of which these are denied is no more; as stems. */
export const existing = stemList(
  'exist thing use support maintain ours own offer operate part keep have provide',
);

/** So too, where it is said that they once were: "no longer available". */
export const existingOnce = stemList(
  'there around available run happen alive place valid need require with held hold live meet serve apply active relevant do ' +
    'host deploy ship publish rely depend store',
);

/** What was and is not: they need a negation. */
export const anymore = list('anymore longer since nowadays more');

/** Sets a present against a past, or says that something is wrong. */
export const contrasts = list(
  'now nowadays anymore longer since actually meanwhile instead rather finally lately recently wrong incorrect untrue false ' +
    'mistaken outdated stale obsolete old older ancient formerly previously before ago earlier was were changed today nope nah ' +
    'become became meantime no not never correction update news leftover correct these hasn rely reality right',
);

/** Of a name in a note: what was said of it is not so. */
export const wrongWords = list(
  'wrong incorrect untrue false mistaken outdated stale obsolete old older ancient history gone over dead past leftover ' +
    'superseded deprecated before ago formerly previously earlier until previous last former invalid expired retired',
);

/** A supposition begins so. */
export const supposers = list(
  "if imagine pretend whether unless maybe perhaps suppose supposing let let's lets assuming provided should could would might may shall",
);
/** So does one whose verb is no past. */
export const timeSupposers = list('when once until whenever till');
export const modals = list("will would could should might may shall must 'll");
export const wishes = stemList('want wish plan go like need propose suggest consider intend hope prefer');
export const futures = list('soon tomorrow eventually');

/** What people tell an agent to do begins so. */
export const orders = list(
  'rename change move replace switch remove delete drop add update set make bump migrate swap upgrade downgrade raise lower ' +
    'increase decrease convert refactor rewrite implement fix create write run revert undo restore put turn shut clean cancel ' +
    'disable enable extract split merge rebase commit push open close try check look find show explain tell give read test ' +
    'review deploy do kill retire finish continue use keep take go forget ignore skip disregard stop leave correct strike ' +
    'please pls call pass return start stick log print let bring build install don dont avoid remember note see wait hold ensure',
);

/** Words that may stand before a clause gets going. */
export const openers = list(
  'and but so or then also well ok okay hm hmm oh yes no nope nah yeah hey sorry please pls just now actually btw fyi because ' +
    'since as though although while first next instead wait look listen anyway still again lol haha careful that which',
);

/** Words that open a new clause. */
export const conjunctions = list(
  'because but so and that which while whereas although though if when until unless once as or where who since',
);
/** Subjects by which a conjunction is known to open a clause. */
export const subjects = list(
  'we i they you it he she that this these those there somebody someone people everybody the our',
);
export const pronouns = list('it that this they them those these one');

/** Verbs and nouns that say only that something has a value: another may stand for them; as stems. */
export const frame: ReadonlySet<string> = new Set(
  stems(
    'run runs keep kept host hosted upload uploaded start started listen listens land lands answer answers use used ' +
      'live lives go goes call called set get expire every each after before is located lies named require need serve store ' +
      'stored cut made send sent deploy deployed build built find found reach reachable available default current currently ' +
      'address home place location command url link port name host owner contact person version limit value number branch ' +
      'managed handled tool service provider system published served exposed saved written delivered forwarded reported shown put placed interval time duration size length amount count total rate frequency period maximum minimum must should only always most least at day per now new old not no never instead we you',
  ),
);

/** When, by whom and from where a change is told: none of it is what changed. */
export const neutral = list(
  'last next week month year quarter sprint january february march april may june july august september october november ' +
    'december monday tuesday wednesday thursday friday saturday sunday summer winter spring autumn fall today yesterday days ' +
    'weeks months years while ages ago reason reasons good ' +
    'careful sorry sry fyi told team think mean i we you they it that this he she somebody someone everybody people ops who ' +
    'whoever what where which again there longer once before past off got become became info information true say says ' +
    'heads look looking any more anymore take takes correct right wrong real reality true actual proper value know known ' +
    'believe afraid because so but and or as if then than was were so very just not decision anymore as well please use using do does did one ones pretty sure want away favour favor meantime',
);

export const noteWords = list(
  'note notes memory docs doc documentation file readme claude.md agents.md gemini.md in the there list',
);

/** Only here, only for now, or taken back: nothing that memory should follow. */
export const local =
  /\b(?:for now|temporarily|for the day|until (?:monday|tuesday|wednesday|thursday|friday|tomorrow)|locally|on my (?:machine|branch|laptop|side)|in my (?:branch|fork|checkout)|in this (?:branch|pr|test|run|script|file|commit|function|experiment)|undo|restore|reverted|rolled (?:it )?back|by accident|accidentally|by mistake)\b/i;

/** A thing that is gone only at the moment is not gone. */
export const passing =
  /\b(?:right now|at the moment|currently|today|again|this (?:week|morning|afternoon))\b/i;
