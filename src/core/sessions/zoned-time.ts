/** Times that were written without a zone, or loosely. */

/**
 * `2026-01-25 21:28:55Z`, `2026-01-25T21:28:55.705Z`, `2026-01-25 17:28:55-0400` as ISO 8601 in UTC. A time without a
 * zone is taken as UTC, so that the same file means the same on every machine. Undefined when it is no time.
 */
export function zonedTime(text: string | undefined): string | undefined {
  const match =
    /^\s*(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s*(Z|UTC|[+-]\d\d:?\d\d)?\s*$/.exec(
      text ?? '',
    );
  if (!match) return undefined;
  const zone = match[3]?.replace('UTC', 'Z').replace(/^([+-]\d\d)(\d\d)$/, '$1:$2') ?? 'Z';
  const time = Date.parse(`${match[1] ?? ''}T${match[2] ?? ''}${zone}`);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
