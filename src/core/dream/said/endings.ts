/** The words by which English says that a thing is no more. */
import { verbs } from './verbs.ts';

const list = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Verbs of putting an end to something, by themselves. */
export const ending = verbs(
  'remove delete drop retire kill axe scrap cancel abolish discontinue decommission abandon ditch dismantle dissolve disband ' +
    'sunset eliminate terminate deprecate withdraw revoke purge wipe erase uninstall unplug archive nuke shelve mothball trash ' +
    'shutter supersede replace obsolete disable deactivate close end ax sack bin deinstall undeploy rescind chop',
);

/** Verbs of coming to an end, without an object. */
export const vanishing = verbs('disappear vanish cease die expire evaporate perish fold lapse dissolve');

/** States of what is no more. */
export const ended = list(
  'gone history obsolete defunct extinct kaput passé outdated deprecated retired superseded unused unsupported unmaintained ' +
    'nonexistent non-existent legacy',
);

/** So too where it is said for how long: alone they may tell of a moment. */
export const endedLong = list('dead offline unavailable toast over down finished disabled');
export const lasting = list('since for long ages years months ago last good forever');

const withParticle = (particle: string, verb: string): string[][] =>
  verb.split(' ').map((each) => [each, particle]);

/** Verbs that put an end to something together with what follows; a pronoun may stand before a single particle. */
export const phrasalEndings: readonly (readonly string[])[] = [
  ...withParticle('off', 'switch turn shut call power kill cut sell write finish'),
  ...withParticle('down', 'shut take tear close wind pull bring break scale power strip'),
  ...withParticle('away', 'throw take give do put clear toss chuck go sweep pass move'),
  ...withParticle('out', 'throw rip tear phase take pull cut fade clean kick toss strip go carry edge'),
  ...withParticle('up', 'give clean fold break wrap'),
  ...withParticle('offline', 'take go knock'),
  ...[
    'get rid of',
    'do away with',
    'part with',
    'part ways with',
    'put an end to',
    'bring an end to',
    'say goodbye to',
    'wave goodbye to',
    'pull the plug on',
    'move on from',
    'give up on',
    'lay to rest',
    'put to rest',
    'put to sleep',
    'let go of',
  ].map((phrase) => phrase.split(' ')),
];

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

/** A thing of which these are denied is no more. */
export const existing = verbs(
  'exist thing use support maintain ours own offer operate part keep have provide',
);

/** So too, where it is said that they once were: "no longer available". */
export const existingOnce = verbs(
  'there around available run happen alive place valid need require with held hold live meet serve apply active relevant do ' +
    'host deploy ship publish rely depend store',
);

/** What was and is not; they need a negation. */
export const anymore = list('anymore longer since nowadays more');

export const stops = list('stopped quit ceased');
export const farewells = list('goodbye farewell bye rip');
export const nounsOfEnd = list('end death removal shutdown retirement deletion');

/** A thing that is gone only at the moment is not gone. */
export const passing =
  /\b(?:right now|at the moment|currently|today|again|this (?:week|morning|afternoon))\b/i;
