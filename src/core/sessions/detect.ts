/** Recognises the format of a transcript from what is in it; names and metadata may lie. */
import type { Format } from './format.ts';
import { aider } from './formats/aider.ts';
import { otelGenai } from './formats/otel-genai.ts';
import { specstory } from './formats/specstory.ts';
import { sweAgent } from './formats/swe-agent.ts';
import { anthropicMessages } from './formats/anthropic-messages.ts';
import { claudeCode } from './formats/claude-code.ts';
import { dreamkeeper } from './formats/dreamkeeper.ts';
import { entireFormat } from './formats/entire.ts';
import { managedAgents } from './formats/managed-agents.ts';
import { streamJson } from './formats/stream-json.ts';
import { codex } from './formats/codex.ts';
import { codexLegacy } from './formats/codex-legacy.ts';
import { copilotCli } from './formats/copilot-cli.ts';
import { cursor } from './formats/cursor.ts';
import { geminiCli } from './formats/gemini-cli.ts';
import { openaiMessages } from './formats/openai-messages.ts';
import { opencode } from './formats/opencode.ts';
import { pi } from './formats/pi.ts';
import { tauBench } from './formats/tau-bench.ts';
import { headValues } from './json-head.ts';
import { unsupportedFormat } from './unsupported.ts';

/** What agents write. When two are equally sure the earlier one wins, so the more particular come first. */
const native: readonly Format[] = [
  dreamkeeper,
  claudeCode,
  codex,
  copilotCli,
  geminiCli,
  opencode,
  cursor,
  pi,
  specstory,
  aider,
  sweAgent,
  tauBench,
  otelGenai,
  streamJson,
  managedAgents,
  codexLegacy,
  anthropicMessages,
  openaiMessages,
];

/** Every format we read. */
export const formats: readonly Format[] = [entireFormat(native), ...native];

export type Detection =
  | { readonly format: Format }
  /** Part of another transcript, or something that lies beside one: passed over silently. */
  | { readonly secondary: true; readonly format: Format }
  /** Not a transcript we know; a sentence for a person. */
  | { readonly reason: string };

/**
 * @param head the first 64 KiB of the file, decoded as UTF-8
 * @param path `/`-separated; a hint only
 */
export function detectFormat(head: string, path: string): Detection {
  const unsupported = unsupportedFormat(head);
  if (unsupported !== undefined) return { reason: unsupported };
  let best: { format: Format; sure: number } | undefined;
  for (const format of formats) {
    const sure = format.detect(head, path);
    if (sure === 'secondary') return { secondary: true, format };
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
