/** OTLP JSON: spans with their attributes as plain values. */
import type { Source } from '../format.ts';
import { headValues } from '../json-head.ts';
import { isDeeperThan, jsonLines, parseJson, type Skipped } from '../json-line.ts';
import { asArray, asObject, asObjects, asString, isObject, type JsonObject } from '../json-value.ts';

export interface OtelSpan {
  readonly type: 'span';
  readonly trace: string;
  /** ISO 8601 in UTC. */
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** Span attributes over those of the resource. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly {
    readonly name: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
}

/** The spans of an export in the order of the file, which is mostly that of their ends. */
export async function* otelSpans(source: Source): AsyncGenerator<OtelSpan | Skipped> {
  if (isOneDocument(await source.head())) {
    const document = parseJson(await source.text())?.value;
    if (isObject(document) && !isDeeperThan(document, 200)) yield* spansOf(document);
    else yield { type: 'skipped', line: 1, reason: 'not JSON, or cut off' };
    return;
  }
  for await (const row of jsonLines(source)) {
    if (row.type === 'skipped') yield row;
    else yield* spansOf(row.value);
  }
}

/** Printed over several lines, so that no line is JSON of its own. */
function isOneDocument(head: string): boolean {
  const [first = ''] = head.split('\n', 1);
  return head.includes('\n') && parseJson(first) === undefined && isObject(headValues(head)[0]);
}

function* spansOf(exported: JsonObject): Generator<OtelSpan> {
  for (const resourceSpan of asObjects(exported.resourceSpans)) {
    const resource = attributesOf(asObject(resourceSpan.resource)?.attributes);
    const scopes = [
      ...asObjects(resourceSpan.scopeSpans),
      ...asObjects(resourceSpan.instrumentationLibrarySpans),
    ];
    for (const span of scopes.flatMap((scope) => asObjects(scope.spans))) yield readSpan(span, resource);
  }
}

function readSpan(span: JsonObject, resource: Readonly<Record<string, unknown>>): OtelSpan {
  const startedAt = nanoseconds(span.startTimeUnixNano);
  const endedAt = nanoseconds(span.endTimeUnixNano);
  return {
    type: 'span',
    trace: asString(span.traceId) ?? '',
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    attributes: { ...resource, ...attributesOf(span.attributes) },
    events: asObjects(span.events).map((event) => ({
      name: asString(event.name) ?? '',
      attributes: attributesOf(event.attributes),
    })),
  };
}

function attributesOf(list: unknown): Readonly<Record<string, unknown>> {
  const pairs = asObjects(list).flatMap(({ key, value }) =>
    typeof key === 'string' ? [[key, plain(value)] as const] : [],
  );
  return Object.fromEntries(pairs);
}

/** An `AnyValue`: `{stringValue}`, `{intValue: "12"}`, `{arrayValue: {values}}`, `{kvlistValue: {values}}`. */
function plain(value: unknown): unknown {
  const any = asObject(value);
  if (any === undefined) return value;
  if ('intValue' in any || 'doubleValue' in any) return Number(any.intValue ?? any.doubleValue);
  if ('arrayValue' in any) return asArray(asObject(any.arrayValue)?.values).map(plain);
  if ('kvlistValue' in any) return attributesOf(asObject(any.kvlistValue)?.values);
  return any.stringValue ?? any.boolValue;
}

function nanoseconds(value: unknown): string | undefined {
  const milliseconds = Math.floor(Number(value) / 1e6);
  const valid = Number.isFinite(milliseconds) && milliseconds > 0 && milliseconds < 253_402_300_800_000;
  return valid ? new Date(milliseconds).toISOString() : undefined;
}
