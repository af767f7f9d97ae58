/** What Codex records as the output of a call: five shapes over the years. */
import { parseJson } from '../json-line.ts';
import { asArray, asNumber, asObject, asObjects, asString, isObject } from '../json-value.ts';

export interface CallOutput {
  readonly text: string;
  readonly exitCode?: number;
  /** What the record itself says about success. */
  readonly success?: boolean;
}

/** @param output the `output` or `result` of an output item: text, an object, or a list of content parts */
export function readOutput(output: unknown): CallOutput {
  if (typeof output === 'string') return readText(output);
  if (Array.isArray(output)) return readText(partsText(output));
  const object = asObject(output);
  if (object === undefined) return { text: '' };
  if ('exitCode' in object || 'stdout' in object) return readStreams(object);
  const inner = readText(
    asString(object.content) ?? asString(object.text) ?? asString(object.output) ?? partsText(object.content),
  );
  return typeof object.success === 'boolean' ? { ...inner, success: object.success } : inner;
}

function readStreams(object: Readonly<Record<string, unknown>>): CallOutput {
  const text = [asString(object.stdout), asString(object.stderr)]
    .filter((part) => part !== undefined)
    .join('\n');
  const exitCode = asNumber(object.exitCode);
  return { text, ...(exitCode === undefined ? {} : { exitCode }) };
}

/** The text parts of a list of content parts, one under the other. */
export function partsText(parts: unknown): string {
  const texts = asObjects(asArray(parts)).map((part) => asString(part.text));
  return texts.filter((text) => text !== undefined).join('\n');
}

function readText(text: string): CallOutput {
  if (text.startsWith('{')) {
    const value = parseJson(text)?.value;
    const exitCode = isObject(value) ? asNumber(asObject(value.metadata)?.exit_code) : undefined;
    if (isObject(value) && typeof value.output === 'string' && exitCode !== undefined)
      return { text: value.output, exitCode };
  }
  return withoutPreamble(text);
}

const exitLine = /^(?:Process exited with code|Exit code:) (-?\d+)$/m;

/** `Exit code: 1`, `Wall time: …`, `Output:` and then the output itself. */
function withoutPreamble(text: string): CallOutput {
  const start = text.search(/^Output:$/m);
  const preamble = start === -1 ? text : text.slice(0, start);
  const exit = exitLine.exec(preamble);
  if (exit === null || start === -1) return exit === null ? { text } : { text, exitCode: Number(exit[1]) };
  return { text: text.slice(start + 'Output:'.length).replace(/^\r?\n/, ''), exitCode: Number(exit[1]) };
}
