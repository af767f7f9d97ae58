/** OpenCode sessions: a tree of files (session, messages, parts), or one document made by `opencode export`. */
import type { Format, Parsed, RawHeader, Source } from '../format.ts';
import { readDocument } from '../json-document.ts';
import { headValues } from '../json-head.ts';
import type { Skipped } from '../json-line.ts';
import type { JsonObject } from '../json-value.ts';
import { asObject, asObjects, asString, asTime, isObject, present } from '../json-value.ts';
import { addedUsage, messageEvents } from '../opencode/messages.ts';
import type { StoredMessage } from '../opencode/storage.ts';
import { hasMessage, hasSession, storedMessages } from '../opencode/storage.ts';
import type { Draft } from '../recording.ts';
import { recording } from '../recording.ts';
import type { Usage } from '../session.ts';

export const opencode: Format = {
  name: 'opencode',
  about:
    'OpenCode sessions (~/.local/share/opencode: opencode.db, or storage as a whole) and `opencode export`',
  detect(head) {
    const [first] = headValues(head);
    const kind = isObject(first) ? kindOf(first) : undefined;
    if (kind === undefined) return 0;
    return kind === 'message' || kind === 'part' ? 'secondary' : 2;
  },
  async *parse(source) {
    const document = asObject(await readDocument(source)) ?? {};
    yield* kindOf(document) === 'export' ? exported(document) : stored(source, document);
  },
  /** A message or part is read with its session; alone it would be lost. */
  async orphan(source) {
    const [file] = headValues(await source.head()).filter(isObject);
    if (file === undefined) return undefined;
    const session = asString(file.sessionID);
    if (kindOf(file) === 'part') {
      return (await hasMessage(source, session)) ? undefined : orphaned('part', 'message');
    }
    return (await hasSession(source, session ?? '')) ? undefined : orphaned('message', 'session');
  },
};

type FileKind = 'session' | 'message' | 'part' | 'export';

function kindOf(value: JsonObject): FileKind | undefined {
  const id = asString(value.id);
  const info = asObject(value.info);
  if (
    asString(info?.id) !== undefined &&
    Array.isArray(value.messages) &&
    asString(info?.directory) !== undefined
  )
    return 'export';
  if (id === undefined) return undefined;
  if (isPart(value)) return 'part';
  if (asString(value.sessionID) !== undefined && /^(?:user|assistant)$/.test(asString(value.role) ?? ''))
    return 'message';
  const times = asObject(value.time);
  return asString(value.directory) !== undefined && times !== undefined && 'created' in times
    ? 'session'
    : undefined;
}

/** Some parts say neither their message nor their session: the folder they lie in does. */
function isPart(value: JsonObject): boolean {
  if (asString(value.messageID) !== undefined) return asString(value.type) !== undefined;
  const spoken = value.type === 'text' || value.type === 'reasoning';
  return spoken && asString(value.text) !== undefined && 'start' in (asObject(value.time) ?? {});
}

function orphaned(kind: string, missing: string): string {
  return `an OpenCode ${kind} whose ${missing} is not here; hand in the whole storage folder, with session, message and part`;
}

async function* stored(source: Source, info: JsonObject): AsyncGenerator<Parsed> {
  const broken: Skipped[] = [];
  const messages = await storedMessages(source, asString(info.id) ?? '', (path) => {
    broken.push({ type: 'skipped', line: 1, reason: `${path}: not a JSON object` });
  });
  yield* session(info, messages, broken);
}

function exported(document: JsonObject): AsyncGenerator<Parsed> {
  const messages = asObjects(document.messages).map((entry) => ({
    message: asObject(entry.info) ?? {},
    parts: asObjects(entry.parts),
  }));
  return session(asObject(document.info) ?? {}, messages, []);
}

function session(
  info: JsonObject,
  messages: readonly StoredMessage[],
  broken: readonly Skipped[],
): AsyncGenerator<Parsed> {
  const times = asObject(info.time);
  const parent = asString(info.parentID);
  const header: Partial<RawHeader> = present({
    id: asString(info.id),
    startedAt: asTime(times?.created),
    endedAt: asTime(times?.updated),
    cwd: asString(info.directory),
    title: asString(info.title),
    parent,
  });
  // A session with a parent is a sub-agent's.
  const interactive = parent === undefined;
  return recording(
    { agent: 'opencode', format: 'opencode', interactive, ...header },
    drafts(messages, broken, interactive ? 'person' : 'agent'),
    'an OpenCode session without messages: none are beside its file, or nobody said or did anything',
  );
}

async function* drafts(
  messages: readonly StoredMessage[],
  broken: readonly Skipped[],
  prompter: 'person' | 'agent',
): AsyncGenerator<Draft> {
  yield* broken;
  let usage: Usage | undefined;
  for (const stored of messages) {
    const { message } = stored;
    usage = addedUsage(usage, message);
    const model = asString(message.modelID) ?? asString(asObject(message.model)?.modelID);
    yield await Promise.resolve({ type: 'header', header: present({ model, usage }) });
    for (const event of messageEvents(stored, prompter)) yield { type: 'event', event };
  }
}
