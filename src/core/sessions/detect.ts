/** Recognises the format of a transcript from what is in it; names and metadata may lie. */
import type { Format } from './format.ts';
import { aider } from './formats/aider.ts';
import { otelGenai } from './formats/otel-genai.ts';
import { specstory } from './formats/specstory.ts';
import { sweAgent } from './formats/swe-agent.ts';
import { headValues } from './json-head.ts';

/** Every format we read. When two are equally sure the earlier one wins, so the more particular come first. */
export const formats: readonly Format[] = [specstory, aider, sweAgent, otelGenai];

export type Detection =
  | { readonly format: Format }
  /** Part of another transcript, or something that lies beside one: passed over silently. */
  | { readonly secondary: true }
  /** Not a transcript we know; a sentence for a person. */
  | { readonly reason: string };

/**
 * @param head the first 64 KiB of the file, decoded as UTF-8
 * @param path `/`-separated; a hint only
 */
export function detectFormat(head: string, path: string): Detection {
  let best: { format: Format; sure: number } | undefined;
  for (const format of formats) {
    const sure = format.detect(head, path);
    if (sure === 'secondary') return { secondary: true };
    if (sure > (best?.sure ?? 0)) best = { format, sure };
  }
  return best === undefined ? { reason: whyUnknown(head) } : { format: best.format };
}

function whyUnknown(head: string): string {
  if (head.replaceAll('\0', '').trim() === '') return 'the file is empty';
  const encoding = whyUnreadable(head);
  if (encoding !== undefined) return encoding;
  const [first] = headValues(head);
  if (first === undefined) return 'the text is not a transcript in any format we know';
  if (typeof first !== 'object' || first === null) return 'the file is JSON, but not a transcript';
  const keys = Object.keys(Array.isArray(first) ? ((first as unknown[])[0] ?? {}) : first);
  const shown = keys.slice(0, 5).map((key) => JSON.stringify(key.slice(0, 40)));
  return `the file is JSON in no transcript format we know (keys: ${shown.join(', ') || 'none'})`;
}

/** More than one character in a hundred that no text has. */
function whyUnreadable(head: string): string | undefined {
  const nuls = count(head, '\0');
  const broken = count(head, '\uFFFD');
  if (nuls > head.length / 4) return 'the file looks like UTF-16 or binary data; save it as UTF-8';
  if (nuls > head.length / 100) return 'the file is binary';
  if (broken > head.length / 100) return 'the file is not UTF-8 text';
  return undefined;
}

function count(text: string, char: string): number {
  return text.split(char).length - 1;
}
