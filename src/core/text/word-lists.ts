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

/** Words of one meaning in rules and notes; the first of each line stands for all. */
export const synonymLines: readonly string[] = [
  'before prior',
  'use utilize utilise employ',
  'run execute invoke launch',
  'every each',
  'start begin',
  'remove delete',
  'show display',
  'create generate',
  'fix repair',
  'big large',
  'folder directory',
  'repo repository',
  'config configuration',
  'docs documentation',
  'prefer favor favour',
  'check verify',
  'need require',
  'keep retain',
  'must should',
];
