/**
 * The words people wrap a rule in: who it binds, that it is a rule, that it is to be kept, for how long, and what they
 * think of what was just done. A stretch of nothing but these and of function words says no rule itself.
 */

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Closed classes: articles, pronouns, auxiliaries, prepositions, conjunctions. */
const functionWords = set(`
  a an the this that these those it its it's i i'm i'd i've i'll me my mine myself we we're we've we'd we'll us our ours you
  you're you've you'd you'll your yours u ur he she him her they they're them their one one's who whoever whom which what
  how is are was were be been being am has have had having do does did doing done will would can could may might must
  should shall ought need needs to of for in on at by with from as into onto about through across and or but so than then
  if when while since because until before after there here here's also too all any some each every both no not never
  don't dont doesn't didn't isn't aren't wasn't won't wouldn't can't cannot couldn't shouldn't mustn't haven't hasn't
  that's thats there's let's lets just only even still yet already again ever always either well up out over under like
  same such other else more most very really simply please pls plz`);

/** Who and what a rule binds, when it is the team, its agents or its code at large. */
const binding = set(`
  team team's teams everybody everyone nobody no-one anybody anyone somebody someone people folks ppl dev devs developer
  developers engineer engineers colleague colleagues reviewer reviewers agent agents session sessions bot bots company
  organisation organization house project project's projects repo repos repository repositories codebase code base
  monorepo workspace module modules product around touching touch touches working work works open change changes`);

/** What makes a rule of it. */
export const norms = set(`
  rule rules policy policies convention conventions standard standards practice practise habit habits principle guideline
  guidelines guide preference lesson lessons require requires requirement agreement agreed decided supposed allowed forbidden required mandatory obliged expected`);

/** Where notes are kept. */
export const stores = set(`
  memory memories note notes notebook instruction instructions guideline guidelines guidance knowledge memo claude.md
  agents.md gemini.md claude agents readme rule rules reminder lesson lessons docs documentation handbook`);

/** How long it is to be kept. */
export const lasting = set(`
  future later next forward onward onwards permanent permanently lasting durable standing forever long-term stick sticks
  stay sticky henceforth persistently`);

/** Ways to write something down. */
export const keepingVerbs = set(`
  keep capture reflect note jot write record save store persist persisted pin learn document log adopt put add include append extend
  update get make made have commit saving noting writing adding keeping remember remembered memorise memorize memorised
  memorized internalize internalise forget mind bear want mention go goes belong belongs written noted saved kept recorded stored`);

/** What else stands in such stretches and names nothing. */
const filler = set(`
  thing things point matter record reference line list file files place somewhere down way ways thumb style deal nature
  time times moment day days week weeks month months quarter sprint year years monday tuesday wednesday thursday friday
  spring summer autumn winter last new first second third once twice number hard simple simply strict common general
  generally usually usual basically speaking normally default principal quick important good great nice kind fine
  following follow follows called self own everywhere exception exceptions no-exceptions period circumstances whole
  entire say says said tell telling told ask asked asking repeat repeated know knows knowing sees see remind discuss
  want like love think mean means thanks thank thankyou advance step steps missed miss agents self another existing
  taste question context fyi btw reality certain sure clear got go goes going let long term something order standing saying stating posterity appreciate best coding else everything nothing reference correct preferred starting entry entries discussion discussions applies apply applicable newsflash news announcement psa often talked talk discussed documented seriously clear levels`);

/** What people say of what was just done. */
export const reactions = set(`
  wrong right bad idea ok okay no nope nooo almost close approach stop wait revert reverted redo undo back reject rejected
  rejecting review sorry nag instead incident broke breaks break happened happen hmm hm uh ugh argh omg wow fine thanks
  no-go mistake mistakes better enough forgot missed ignores good cool nice perfect agreed convinced ahead proceed continue exactly alright acceptable unacceptable violates against sigh careful take hey mate man dude not`);

const known: readonly ReadonlySet<string>[] = [
  functionWords,
  binding,
  norms,
  stores,
  lasting,
  keepingVerbs,
  filler,
  reactions,
];

export const isFrameWord = (word: string): boolean => known.some((words) => words.has(word));
export const isFunctionWord = (word: string): boolean => functionWords.has(word);

/** Lower-cased words with inner marks; what stands in code is one word that is none of the above. */
export function wordsOf(text: string): string[] {
  const plain = text
    .replaceAll(/`[^`]*`?/g, ' ` ')
    .replaceAll('’', "'")
    .toLowerCase();
  return plain.match(/[`\p{L}\p{N}](?:[\p{L}\p{N}'._-]*[\p{L}\p{N}])?/gu) ?? [];
}
