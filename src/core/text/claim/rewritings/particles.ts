/** Verbs of two words: their parts come together, and those of one meaning become one. */
import type { Rewriting } from './rewriting.ts';

/** What stands between a verb and its particle: "roll the importer back". */
const between = '((?:the |an? |all |every |its |your |our )?[^\\s,.;:!?()]+(?: [^\\s,.;:!?()]+){0,2}?)';
/** Where a particle ends what was said; elsewhere it belongs to what follows: "take the key back to the office". */
const end =
  '(?=[.,;:!?)]|$| (?:with|using|by|before|after|for|in|on|if|when|while|during|once|until|unless|and)\\b)';

const pairs: readonly (readonly [verbs: string, particle: string])[] = [
  ['roll|fall|hold|put|wind', 'back'],
  ['shut|tear|slow|bring|take|lock|cool|scale|spin|turn', 'down'],
  ['clean|set|start|back|warm|speed|spin|bring|scale|turn|wrap', 'up'],
  ['turn|switch', 'on'],
  ['turn|switch', 'off'],
  ['roll|throw|phase', 'out'],
  ['hand|take', 'over'],
];

export const particles: readonly Rewriting[] = [
  ...pairs.map(([verbs, particle]): Rewriting => [
    new RegExp(`\\b((?:${verbs})(?:s|es|n|ned|ed|ning|ing)?) ${between} ${particle}\\b${end}`, 'giu'),
    `$1 ${particle} $2`,
  ]),
  [/\b(?:turn|switch)(s|es|ed|ing)? off\b|\bdeactivat(?:e(s|d)?|ing)\b/giu, 'disable'],
  [/\b(?:turn|switch)(s|es|ed|ing)? on\b|\bactivat(?:e(s|d)?|ing)\b/giu, 'enable'],
  // Not "check": what is checked in goes into version control.
  [/\bcheck(?:s|ed|ing)?[ -]in(?:to)? (?:git|version control|source control)\b/giu, 'commit'],
  [
    /\b((?:is|are|be|get|gets|being)(?: not| never)?) checked[ -]in(?=[.,;:!?)]|$| (?:after|before|when|with|by)\b)/giu,
    '$1 committed',
  ],
  [/\bcheck in (?=the |your |all |every |any |\uE000)/giu, 'commit '],
];
