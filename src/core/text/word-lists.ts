/** Small closed word classes of English. Other languages lose nothing by them: their words pass through. */

/** Words that carry no claim. Negations, obligations and quantities ("must", "only", "all") are left out on purpose. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    'a an the and/or this that these those it its they them their there here we us our you your i my me he she his her ' +
    'is are was were be been being am has have had having do does did doing done will would shall can could may might ' +
    'and or but if then so as of at by for with to in on into onto from about up out when while which who whom ' +
    'what where how why than too very just also some any such own same e.g i.e eg ie etc via per ensure sure please'
  ).split(' '),
);

/** Ways to say "not", all brought to one word. */
export const notWords: ReadonlySet<string> = new Set(
  (
    "not never avoid don't doesn't didn't isn't aren't wasn't weren't won't wouldn't shouldn't can't couldn't mustn't needn't " +
    "hasn't haven't hadn't cannot dont doesnt cant wont shouldnt avoiding avoids"
  ).split(' '),
);

/** Infinitive and past forms, where they share no stem and are no common word of another meaning ("left", "found"). */
const irregularVerbs: readonly string[] = (
  'break broke broken,bring brought,build built,rebuild rebuilt,catch caught,deal dealt,do done,draw drew drawn,' +
  'drive drove driven,eat ate eaten,feed fed,forget forgot forgotten,freeze froze frozen,give gave given,go went gone,' +
  'grow grew grown,hide hid hidden,hold held,know knew known,lose lost,make made,mean meant,meet met,override overrode overridden,' +
  'overwrite overwrote overwritten,pay paid,repay repaid,rewrite rewrote rewritten,ring rang rung,say said,see seen,seek sought,' +
  'sell sold,send sent,resend resent,shake shook shaken,speak spoke spoken,spend spent,stand stood,stick stuck,sweep swept,' +
  'take took taken,teach taught,think thought,throw threw thrown,understand understood,undo undone,wear wore worn,write wrote written'
).split(',');

/** Words of one meaning in rules and notes; the first of each line stands for all. */
export const synonymLines: readonly string[] = [
  'before prior',
  'use utilize utilise employ',
  'run execute invoke launch ran',
  'every each',
  'start begin began begun',
  'end finish',
  'remove delete erase',
  'show display shown',
  'create generate',
  'fix repair',
  'big large',
  'small little',
  'whole full entire',
  'quick fast rapid',
  'folder directory',
  'repo repository',
  'config configuration configure',
  'docs documentation',
  'env environment',
  'max maximum',
  'min minimum',
  'prefer favor favour',
  'check verify',
  'need require',
  'keep retain kept',
  'must should',
  'change modify alter',
  'choose select pick chose chosen',
  'allow permit',
  'forbid prohibit forbidden',
  'tell inform notify told',
  'help assist',
  'live reside locate',
  'get obtain got gotten',
  'buy purchase bought',
  'fetch retrieve',
  // Forms of irregular verbs, which no stemmer knows.
  ...irregularVerbs,
];
