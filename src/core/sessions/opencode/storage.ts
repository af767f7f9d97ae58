/** Where OpenCode keeps a session's messages and parts: three layouts over the years, and files that came loose. */
import type { Source } from '../format.ts';
import { parseJson } from '../json-line.ts';
import type { JsonObject } from '../json-value.ts';
import { asNumber, asObject, asString } from '../json-value.ts';

export interface StoredMessage {
  readonly message: JsonObject;
  readonly parts: readonly JsonObject[];
}

/** Ids become folder names; anything else in one is no id of OpenCode's. */
const plainId = /^[\w-]+$/;

/** Reports a file that cannot be read. */
export type Unreadable = (path: string) => void;

/** The messages of a session with their parts, oldest first. */
export async function storedMessages(
  session: Source,
  id: string,
  unreadable: Unreadable,
): Promise<readonly StoredMessage[]> {
  if (!plainId.test(id)) return [];
  const messages = await readFirst(session, [`../../message/${id}`, `../message/${id}`], unreadable);
  const loose = await looseParts(session, unreadable);
  const stored: StoredMessage[] = [];
  for (const message of messages.toSorted(byTime)) {
    const messageId = asString(message.id) ?? '';
    const folders = plainId.test(messageId) ? [`../../part/${messageId}`, `../part/${id}/${messageId}`] : [];
    const parts = await readFirst(session, folders, unreadable);
    stored.push({ message, parts: parts.length > 0 ? parts : (loose.get(messageId) ?? []) });
  }
  return stored;
}

/** Parts that lie directly in the folder of parts, by their message. */
async function looseParts(
  session: Source,
  unreadable: Unreadable,
): Promise<ReadonlyMap<string, readonly JsonObject[]>> {
  const byMessage = new Map<string, JsonObject[]>();
  for (const part of await readFirst(session, ['../../part'], unreadable)) {
    const messageId = asString(part.messageID) ?? '';
    const parts = byMessage.get(messageId);
    if (parts === undefined) byMessage.set(messageId, [part]);
    else parts.push(part);
  }
  return byMessage;
}

async function readFirst(
  from: Source,
  folders: readonly string[],
  unreadable: Unreadable,
): Promise<readonly JsonObject[]> {
  for (const folder of folders) {
    const paths = (await from.siblings(folder)).filter((path) => path.endsWith('.json'));
    if (paths.length > 0) return readAll(from, paths, unreadable);
  }
  return [];
}

async function readAll(
  from: Source,
  paths: readonly string[],
  unreadable: Unreadable,
): Promise<readonly JsonObject[]> {
  const objects: JsonObject[] = [];
  for (const path of paths) {
    const file = await from.sibling(path);
    const value = file === undefined ? undefined : asObject(parseJson(await file.text())?.value);
    if (value === undefined) unreadable(path);
    else objects.push(value);
  }
  return objects;
}

function byTime(a: JsonObject, b: JsonObject): number {
  return created(a) - created(b);
}

function created(message: JsonObject): number {
  return asNumber(asObject(message.time)?.created) ?? 0;
}

/** Whether the session of a message file is among what was handed in. */
export async function hasSession(message: Source, sessionId: string): Promise<boolean> {
  if (!plainId.test(sessionId)) return false;
  const roots = ['../../session', '../../../session'];
  for (const root of roots) {
    for (const folder of [root, ...(await message.folders(root))]) {
      const names = await message.siblings(folder);
      if (
        names.some((name) => name.endsWith(`/${sessionId}.json`) || name.endsWith(`/ses_${sessionId}.json`))
      )
        return true;
    }
  }
  return false;
}

/** Whether the message of a part file is among what was handed in. */
export async function hasMessage(part: Source, sessionId: string | undefined): Promise<boolean> {
  // Older parts do not name their session, and nothing beside them does.
  if (sessionId === undefined) return true;
  if (!plainId.test(sessionId)) return false;
  for (const folder of [
    `../../message/${sessionId}`,
    `../message/${sessionId}`,
    `../../../message/${sessionId}`,
  ]) {
    if ((await part.siblings(folder)).length > 0) return true;
  }
  return false;
}
