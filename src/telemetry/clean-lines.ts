/** Takes secrets out of lines of JSON: by the name of a field, by known values, by the redactor's patterns. */
import type { Redactor } from '../core/sessions/redact.ts';

/** Fields whose text is a secret whatever it looks like. */
const secretName =
  /^(?:authorization|cookie|set-cookie|pass(?:word|wd|phrase)|secret|.*[-_]?(?:token|secret|api[-_]?key|private[-_]?key)|connection[-_]?string|database[-_]?url)$/i;
/** Taking out shorter texts would leave no readable line. */
const shortest = 6;

export interface Cleaner {
  /** @returns the lines, each with its line end. A line that cannot be checked is replaced by one that says so. */
  clean: (lines: readonly string[]) => Promise<string>;
  hide: (secret: string) => void;
}

export function createCleaner(redactor: Redactor): Cleaner {
  const hidden = new Set<string>();
  const withoutKnown = (text: string): string => {
    let clean = text;
    for (const secret of hidden) clean = clean.replaceAll(secret, '[redacted]');
    return clean;
  };
  const redact = async (texts: readonly string[]): Promise<readonly string[]> =>
    (await redactor.redact(texts.map(withoutKnown))).map(({ text }) => text);
  return {
    hide(secret) {
      if (secret.length < shortest) return;
      hidden.add(secret);
      hidden.add(encodeURIComponent(secret));
    },
    async clean(lines) {
      try {
        return await cleanAll(lines, redact);
      } catch {
        // One of them broke the redactor; the others need not suffer.
        const alone = lines.map((line) => cleanAll([line], redact).catch(() => unchecked));
        return (await Promise.all(alone)).join('');
      }
    },
  };
}

const unchecked = `${JSON.stringify({ level: 'error', msg: 'a log line could not be checked for secrets' })}\n`;

/** One scan for all texts of all lines. The second walk meets them in the order of the first. */
async function cleanAll(
  lines: readonly string[],
  redact: (texts: readonly string[]) => Promise<readonly string[]>,
): Promise<string> {
  const values = lines.map((line): unknown => JSON.parse(line));
  const texts: string[] = [];
  for (const value of values)
    mapTexts(value, (text) => {
      texts.push(text);
      return text;
    });
  const clean = await redact(texts);
  let next = 0;
  return values
    .map((value) => `${JSON.stringify(mapTexts(value, () => clean[next++] ?? '[redacted]'))}\n`)
    .join('');
}

/** Names of fields are texts too: an object keyed by tokens is no safer than a list of them. */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]): [string, unknown] =>
      secretName.test(name) && typeof item === 'string'
        ? [name, '[redacted]']
        : [change(name), mapTexts(item, change)],
    ),
  );
}
