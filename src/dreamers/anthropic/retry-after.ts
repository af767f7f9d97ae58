/** @returns the seconds that an answer asks to wait; undefined when it does not say. A date is one of RFC 9110. */
export function waitOf(headers: Headers | undefined, now = Date.now()): number | undefined {
  const milliseconds = numberOf(headers?.get('retry-after-ms'));
  if (milliseconds !== undefined) return milliseconds / 1_000;
  const said = headers?.get('retry-after');
  const seconds = numberOf(said) ?? (Date.parse(said ?? '') - now) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

function numberOf(text: string | null | undefined): number | undefined {
  const number = Number(text?.trim() || NaN);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}
