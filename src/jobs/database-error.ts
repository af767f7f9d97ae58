/** What an error of PostgreSQL, its client or pg-boss means for who called. */

/** The tables, or what belongs to them, are not there: somebody emptied or replaced the database. */
const missing = new Set(['42P01', '3F000', '42883', '42704', '42703']);
/** The server is away, starting, stopping, full, or its database is just being made. */
const away = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '3D000',
]);
const awayWords =
  /Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|not queryable|pool after calling end|Database not opened|Transaction is already settled|Connection ended/;

export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined && missing.has(code)) return true;
  return (
    error instanceof Error && /^Queue \S+ does not exist|Queue cache is not initialized/.test(error.message)
  );
}

export function isDisconnected(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined && (away.has(code) || code.startsWith('08'))) return true;
  if (error instanceof AggregateError) return error.errors.some(isDisconnected);
  return error instanceof Error && awayWords.test(error.message);
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
