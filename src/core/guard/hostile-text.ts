/**
 * Text that does something else than inform: it gives the agent orders above its place, hides from reviewers, or carries
 * data out. Memory legitimately tells agents what to do ("always run the tests"), so the patterns name what no honest
 * note of a team says; what a team might say, but a person should read, is only suspicious.
 */
import { hiddenCharacters } from '../text/hidden.ts';
import { escapingText } from './escaping-text.ts';

export interface Hostility {
  readonly kind: 'addresses the agent' | 'hides' | 'carries data out' | 'suspicious';
  /** The part that does, as it stands in the text. */
  readonly match: string;
}

const orders = 'instructions?|prompts?|rules?|guidelines?|directives?|context|memor(?:y|ies)';
const earlier = 'previous|prior|above|earlier|preceding|foregoing|former|system|developer';

const addressing: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:ignore|disregard|forget|override|bypass|neglect)\b(?:\W+\w+){0,3}?\W+(?:${earlier})\b(?:\W+\w+){0,2}?\W+(?:${orders}|messages?)\b`,
    'giu',
  ),
  /\b(?:ignore|disregard|forget|override|bypass)\W+(?:all|any|every|your)\b(?:\W+\w+){0,2}?\W+(?:instructions?|prompts?|directives?|guidelines)\b/giu,
  /\b(?:disregard|forget|ignore)\W+(?:everything|all|anything)\W+(?:you (?:were|have been|know)|above|before|so far)\b/giu,
  /\b(?:ignoriere?|vergiss|ignorez|oubliez|ignora|olvida)\b(?:\W+\p{L}+){0,4}?\W+(?:anweisungen|regeln|consignes|instructions|instrucciones|reglas)\b/giu,
  /(?:忽略|无视|無視)[^。\n]{0,12}(?:指令|指示|规则|規則)/gu,
  /\byou are now (?:an?|the|in|free|no longer|dan)\b|\byou (?:must|will|shall) now\b|\bfrom (?:now|this point) on,? you (?:are|act|obey|respond|will (?:act|obey|respond|be))\b/giu,
  /\b(?:new|updated|real|actual|hidden|secret) (?:system )?(?:instructions?|prompt|directives?)\s*:/giu,
  /\b(?:reveal|print|repeat|leak|output|expose)\b(?:\W+\w+){0,3}?\W+(?:system|developer) (?:prompt|message|instructions?)\b/giu,
  /\b(?:system|admin(?:istrator)?|developer) override\b|\b(?:DAN|jailbreak|jailbroken|unrestricted) mode\b/giu,
  /<\/?(?:system|assistant|system-reminder|tool_(?:use|result)|function_calls?|antml:[\w-]+)\b[^>]*>|<\/(?:user|human|instructions?|memory)>/giu,
  /<\|[\w-]{1,30}\|>|\[\/?INST\]|<<\/?SYS>>|<(?:start|end)_of_turn>/gu,
  /^(?:\*\*)?(?:Human|Assistant|SYSTEM|USER)(?:\*\*)?:(?=\s|$)|^#+ *(?:System|Instruction|Response):/gmu,
];

const suspicious: readonly RegExp[] = [
  /\b(?:do not|don['’]?t|never|without)\W+(?:tell|inform|notify|alert|ask)(?:ing|ying)?\W+(?:the |your |any )?(?:users?|humans?|operators?|reviewers?|anyone|anybody)\b/giu,
  /\b(?:keep|hide) (?:this|it|that)(?: \w+){0,2} (?:secret|hidden|from (?:the )?(?:users?|reviewers?|humans?))\b/giu,
  /\bauto-?approve\b|--dangerously-[\w-]+|--yolo\b|\b(?:skip|bypass|disable) (?:all |any |every )?(?:permission|approval|safety|security)\b/giu,
  /\b(?:curl|wget|iwr|irm)\b[^\n|]*\|\s*(?:sudo\s+)?(?:\w*sh|python3?|node|iex|perl|ruby)\b|\b(?:ba|z)?sh\s+(?:-c\s+)?["']?(?:<\(|\$\()\s*(?:curl|wget)/giu,
];

const hiding: readonly RegExp[] = [
  /<!--[\s\S]*?(?:-->|$)/gu,
  // Link definitions that define no link: the old trick for comments.
  /^[ \t]*\[(?:\/\/|comment|hidden|_|#)\]:.*$/gimu,
  /^[ \t]*\[[^\]\n]+\]:[ \t]*(?:#|<>)[ \t]*(?:\(|"|').*$/gmu,
  /<[a-z][^>]*\b(?:style\s*=\s*["'][^"']*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0|color\s*:\s*(?:white|#fff))|hidden\b)[^>]*>/giu,
  // So far to the right that no reviewer scrolls there.
  /(?<![ \t\u00A0])[ \t\u00A0]{100,}\S/gu,
];

/** @returns every part of a text that is hostile; empty for an honest note. */
export function hostilityOf(text: string): Hostility[] {
  // Letters of other widths and styles that look the same are read as what they look like.
  const plain = text.normalize('NFKC');
  const found = (patterns: readonly RegExp[], kind: Hostility['kind']): Hostility[] =>
    patterns.flatMap((pattern) => [...plain.matchAll(pattern)].map(([match]) => ({ kind, match })));
  return [
    ...found(addressing, 'addresses the agent'),
    ...found(hiding, 'hides'),
    ...disguised(plain).map((match): Hostility => ({ kind: 'hides', match })),
    ...hiddenCharacters(text).map(({ codePoint }): Hostility => ({
      kind: 'hides',
      match: String.fromCodePoint(codePoint),
    })),
    ...escapingText(plain).map((match): Hostility => ({ kind: 'carries data out', match })),
    ...found(suspicious, 'suspicious'),
  ];
}

/** Words of Latin and Cyrillic letters: one of them is a disguise. */
function disguised(text: string): string[] {
  const words = [...text.matchAll(/\p{L}+/gu)].map(([word]) => word);
  return words.filter((word) => /\p{Script=Latin}/u.test(word) && /\p{Script=Cyrillic}/u.test(word));
}
