/** Makes a lesson out of a sentence somebody typed: pleasantries go, the claim stays and can stand alone. */

const opener =
  /^(?:(?:no need to do it (?:this|that) way|noo+|no(?=[\s]*[,:;.!—–-]|\s+(?:no|we|you|i|it|that|this|these|those|here|in|the|our|not|never|always|don'?t|do not|please|pls|plz|like|everyone|everybody|nobody|one must|one has|if|when|as|stop|use|use[ds]?|wrong|nope|sorry|under)\b)(?! (?:matter|need|one|longer|more|way|idea|such)\b)|nope|nah|ugh|argh|wrong(?: way round)?|instead of that|how (?:often|many times) (?:do|must) i have to say (?:it|this|that)|that'?s not how we do it|that breaks things|(?:please )?(?:revert|undo|redo|change) (?:this|that|it)(?: and)?(?! \w+ing)|please (?:revert|undo)(?! \w)|rather|careful|one more time|sigh|not like this|hey|hi|hello|ok(?:ay)?|so(?! that\b)|well|also|and|but|or|then|actually|again|btw|by the way|fyi|please|pls|plz|sorry|hm+|ah+|oh|omg|wow|uh+|wait(?! for)|stop(?! \w+ing)|thanks(?: for [^,.;!]{1,40})?|thank you(?: for [^,.;!]{1,40})?|great|cool|nice|perfect|right|sure|yes|yeah|yep|one more thing|one thing|another thing|just(?! so\b)|basically|honestly|thus|instead|look(?! \w)|listen(?! \w)|reminder|quick note|heads up|as (?:i|we) (?:already )?(?:said|mentioned|explained)(?: before| already| earlier)?|(?:like )?i (?:already |just )?(?:said|told you|mentioned)(?: this| it)?(?: before| already| earlier)?(?: that)?|i think|i guess|i mean|i'd say|imo|team|folks|guys|mate|(?:claude|codex)(?!\.md))(?:\s*[,:;.!—–-]+\s*|\s+))+/i;

const modal = String.raw`(?:must|should|shall|(?:has|have|needs?|ought) to|(?:(?:is|are)|'re) (?:supposed |expected )?to)`;
/** Whom an order binds, before the order itself. */
const address = new RegExp(
  String.raw`^(?:(?:can|could|would|will) (?:you|u|we) (?:please )?|(?:i(?:'d| would)?(?: (always|never)| really)? (?:want|need|like|expect|prefer)(?: that| it if| it when)? you(?: to)?|(?:here )?(?:you|we|one|everybody|everyone|agents|people|devs|developers|all of us|the (?:whole )?team)(?: here)?(?: (always|never))? ?${modal}(?: (?:use|be) to)?|you forgot to|i (?:asked|told) you to|it(?:'s| is| would be) (?:much )?better (?:to|if you)|you can|(?:here )?you(?= (?:always|never))|instead we|every agent knows to|make sure (?:that )?(?:you|we|to)|be sure to|to|let'?s|it(?:'?s| is) (?:important|required|mandatory) (?:that you|to))\s+)`,
  'i',
);

const closer =
  /(?:[\s,;—–-]+(?:please|pls|thanks(?: in advance)?|thank you|thx|ok(?:ay)?|right|cheers|got it|understood|alright|k))+\s*[.!?]*$/i;

/** "be using" → "use" and the like, after an address was cut. */
const progressive: Readonly<Record<string, string>> = {
  using: 'use',
  running: 'run',
  writing: 'write',
  putting: 'put',
  keeping: 'keep',
  adding: 'add',
  naming: 'name',
  calling: 'call',
  making: 'make',
  checking: 'check',
  testing: 'test',
  committing: 'commit',
};

/** How the person feels about having to say it. */
const sigh =
  /[,;—–-]\s*(?:i'?m|i am|we'?re|we are) (?:so |really |just )?(?:tired|sick|fed up|annoyed)\b.*$/i;

/** Pleasantries and openers off both ends; the words in between are untouched. */
export function stripPleasantries(sentence: string): string {
  return sentence.trim().replace(opener, '').replace(sigh, '').replace(closer, '').trim();
}

/** "you can't X", "I don't want you to X" → "don't X" */
const prohibition =
  /^(?:i don'?t want you to|(?:you|we|one|agents)(?: really)? (?:can'?t|cannot|mustn'?t|must not|shouldn'?t|should not|may not)|there(?:'s| is) (?:no|never an?|hardly a) reason to)\s+/i;

/** "you should always X" → "always X"; modal statements with another subject stay as they are. */
function toImperative(text: string): string {
  if (prohibition.test(text)) return text.replace(prohibition, "don't ");
  const stripped = text.replace(address, (_, ...adverbs: unknown[]) => {
    const adverb = adverbs.slice(0, 2).find((each) => typeof each === 'string');
    return adverb === undefined ? '' : `${adverb} `;
  });
  if (stripped === text) return text;
  return stripped.replace(
    /^(?:(always|never) )?be (\w+ing)\b/i,
    (whole, adverb: string | undefined, verb: string) => {
      const plain = progressive[verb.toLowerCase()];
      return plain === undefined ? whole : [adverb, plain].filter((word) => word !== undefined).join(' ');
    },
  );
}

/**
 * The lesson a sentence states: one sentence, capital first letter, full stop.
 * The words of the claim are those of the person; only what surrounds them is dropped.
 */
export function lessonText(sentence: string): string {
  const text = toImperative(stripPleasantries(sentence))
    .replace(/^(always )(?:always )+/i, '$1')
    .replace(/^never to /i, 'never ')
    .replace(/ (?:please|pls|plz)(?=[,;.])/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/[\s,;:—–-]+$/, '');
  if (text === '') return '';
  const first =
    /^[`"'(]?\p{Ll}/u.test(text) && !text.startsWith('`')
      ? text.charAt(0).toUpperCase() + text.slice(1)
      : text;
  return /[.!?…]["'`)]?$/.test(first) ? first.replace(/[!?]+$/, '.') : `${first}.`;
}
