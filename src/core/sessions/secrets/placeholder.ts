/** Does a value that stands where a secret may stand look like one, or like code, a word, or an example? */

const stockWords =
  /your|example|placeholder|change[-_ ]?me|replace|insert|dummy|sample|fake|mock|redacted|removed|hidden|masked|todo|none|null|undefined|true|false|string|required|optional|test(?:ing)?|secret|passw(?:or)?d|pass|token|credentials?|api|key|user|admin|root|default|local|dev|value|here|foo|bar|baz|qux|my|the|abc(?:def)?|xyz|x{2,}|\*+|\d*1234\d*|0{3,}|1{3,}/gi;

/** `xxx`, `<token>`, `$VAR`, `${VAR}`, `{{ token }}`, `***`, `your-api-key-here`, `REDACTED`, `abc...`. */
export function isPlaceholder(value: string): boolean {
  if (/^[$%<{[#@]|\.\.\.|…|\$\{|\{\{|<[a-z_ -]+>|^(.)\1*$/i.test(value)) return true;
  const rest = value.replace(stockWords, '').replace(/[^A-Za-z0-9]/g, '');
  return rest.length < 5;
}

/** Member access, a path, a URL: what stands right of `=` or `:` in code and settings, quoted or not. */
export function isReference(value: string): boolean {
  return /^(?:\.{0,2}\/|~\/|[A-Za-z]:[\\/]|https?:|file:|[\w$]+(?:\??\.[A-Za-z_$][\w$]*)+[;,:!]?$)/.test(
    value,
  );
}

/** Calls and operators; inside quotes these are just characters. */
export function isExpression(value: string): boolean {
  return /::|->|=>|\(\)|\w\(|&&|\|\|/.test(value);
}

/** Bits per character of the value's own letter distribution (Shannon). */
export function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const letter of value) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

/** Made of pronounceable words (`myComponentName2`, `node-modules-cache`): names are, random strings are not. */
export function isWordy(value: string): boolean {
  const runs = value.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  const letters = runs.join('').length;
  const digits = value.replace(/\D/g, '').length;
  const words = runs.filter(
    (run) => run.length >= 3 && /[aeiouy]/i.test(run) && !/[bcdfghjklmnpqrstvwxz]{5}/i.test(run),
  );
  return words.join('').length >= letters * 0.8 && digits <= value.length * 0.3;
}

const hasLetter = /[A-Za-z]/;

/** Long and random enough that no person and no naming convention wrote it. */
export function looksRandom(value: string, atLeast = 16): boolean {
  return (
    value.length >= atLeast &&
    hasLetter.test(value) &&
    /\d/.test(value) &&
    entropy(value) >= 3 &&
    !isWordy(value) &&
    !isReference(value) &&
    !isPlaceholder(value)
  );
}

/** What people choose as a password: letters with digits or symbols. */
export function looksLikePassword(value: string): boolean {
  return (
    value.length >= 8 &&
    hasLetter.test(value) &&
    /[\d!@#$%^&*?~+=]/.test(value) &&
    !isReference(value) &&
    !isPlaceholder(value)
  );
}
