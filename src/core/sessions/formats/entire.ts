/** Checkpoints of Entire: a folder with the agent's own transcript in `full.jsonl` and files about it beside. */
import type { Format, Parsed, Source } from '../format.ts';
import { UnusableTranscriptError } from '../format.ts';
import { headValues } from '../json-head.ts';
import { parseJson } from '../json-line.ts';
import { asObject, asString, asTime, isObject, present } from '../json-value.ts';

/**
 * @param native the formats a checkpoint can hold. Which one it is, is told from content: the metadata has named the wrong
 *   agent.
 */
export function entireFormat(native: readonly Format[]): Format {
  const nativeOf = (head: string, path: string) => native.find((format) => format.detect(head, path) === 2);
  return {
    name: 'entire',
    about: 'Entire checkpoints (<id>/<n>/full.jsonl beside metadata.json), whatever agent they come from',
    detect(head, path) {
      if (isSidecar(head, path)) return 'secondary';
      return /(?:^|\/)full\.jsonl$/.test(path) && nativeOf(head, path) !== undefined ? 2 : 0;
    },
    async *parse(source) {
      const format = nativeOf(await source.head(), source.path);
      if (format === undefined)
        throw new UnusableTranscriptError('the checkpoint holds no transcript we know');
      yield* completed(format.parse(source), await metadataOf(source));
    },
  };
}

function isSidecar(head: string, path: string): boolean {
  const name = path.replace(/^.*\//, '');
  const inCheckpoint =
    /(?:^|\/)[0-9a-f]{2}\/[0-9a-f]{10}\/(?:\d+\/)?[^/]+$/.test(path) || !path.includes('/');
  if (name === 'content_hash.txt') return /^(?:sha256:)?[0-9a-f]{64}\s*$/.test(head);
  if (name === 'prompt.txt') return inCheckpoint;
  if (name === 'context.md') return inCheckpoint || head.startsWith('# Session Context');
  const [value] = headValues(head);
  return name.endsWith('.json') && isObject(value) && typeof value.checkpoint_id === 'string';
}

interface Metadata {
  readonly branch?: string;
  readonly createdAt?: string;
}

async function metadataOf(source: Source): Promise<Metadata> {
  const file = await source.sibling('metadata.json');
  const fields = file && asObject(parseJson(await file.text())?.value);
  if (fields === undefined) return {};
  return present({ branch: asString(fields.branch), createdAt: asTime(fields.created_at) });
}

/** Adds what the transcript itself does not say. */
async function* completed(
  parsed: AsyncGenerator<Parsed>,
  { branch, createdAt }: Metadata,
): AsyncGenerator<Parsed> {
  for await (const item of parsed) {
    if (item.type !== 'session') yield item;
    else yield { ...item, header: { ...present({ branch, startedAt: createdAt }), ...item.header } };
  }
}
