/** Writes an answer: one document, lines of JSON, or server-sent events; whole, slowly, or not to its end. */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Manner } from './faults.ts';
import { errorBody } from './refusal.ts';
import type { Answer } from './route.ts';

export async function send(response: ServerResponse, answer: Answer, requestId: string): Promise<void> {
  const headers = { 'request-id': requestId, ...answer.headers };
  const { events, lines, manner } = answer;
  if (events !== undefined) {
    response.writeHead(answer.status, { 'content-type': 'text/event-stream; charset=utf-8', ...headers });
    return sendPieces(response, events.map(asEvent), manner);
  }
  if (lines !== undefined) {
    response.writeHead(answer.status, { 'content-type': 'application/x-jsonl', ...headers });
    return sendPieces(
      response,
      lines.map((line) => `${JSON.stringify(line)}\n`),
      manner,
    );
  }
  const text = answer.body === undefined ? '' : JSON.stringify(withId(answer.body, requestId));
  response.writeHead(answer.status, { 'content-type': 'application/json', ...headers });
  if (manner === undefined || 'pace' in manner) response.end(text);
  else await sendPieces(response, [...halves(text)], { afterEvents: 1, then: 'cut' });
}

function asEvent(event: { readonly type: string }): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

async function sendPieces(
  response: ServerResponse,
  pieces: readonly string[],
  manner: Manner | undefined,
): Promise<void> {
  const ending = manner !== undefined && 'then' in manner ? manner : undefined;
  for (const piece of pieces.slice(0, ending?.afterEvents)) {
    if (manner !== undefined && 'pace' in manner) await sleep(manner.pace);
    if (response.destroyed) return;
    await written(response, piece);
  }
  if (ending?.then === 'cut') response.destroy();
  else response.end(ending === undefined || ending.then === 'end' ? '' : lastWords(ending.then));
}

/** Handed to the network, so that a cut comes after it. */
function written(response: ServerResponse, piece: string): Promise<void> {
  return new Promise((resolve) => response.write(piece, () => resolve()));
}

function lastWords(type: Parameters<typeof errorBody>[2]): string {
  return asEvent(errorBody(500, type === 'overloaded_error' ? 'Overloaded' : 'Internal server error', type));
}

function* halves(text: string): Iterable<string> {
  yield text.slice(0, text.length / 2);
  yield text.slice(text.length / 2);
}

/** Errors carry the id of their request. */
function withId(body: unknown, requestId: string): unknown {
  return typeof body === 'object' && body !== null && 'request_id' in body
    ? { ...body, request_id: requestId }
    : body;
}
