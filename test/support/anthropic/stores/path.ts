/** Which paths a memory may have, as the reference of the API says. */
import { invalid } from '../server/refusal.ts';

/** @throws {Refusal} 400 */
export function checkPath(path: string): void {
  const segments = path.split('/').slice(1);
  if (!path.startsWith('/')) throw invalid('path: must start with /');
  if (Buffer.byteLength(path) > 1_024) throw invalid('path: must be at most 1024 bytes');
  if (segments.length > 20) throw invalid('path: must have 1 to 20 segments');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..'))
    throw invalid('path: a segment must not be empty, "." or ".."');
  if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(path))
    throw invalid('path: must not contain control or format characters');
  if (path !== path.normalize('NFC')) throw invalid('path: must be in Unicode Normalization Form C');
}
