/** What Node compiled once, kept for the many processes that tests start: half of the time that their start takes. */
import { join } from 'node:path';

/** For their environment. Entries are found by content and by Node's version, so they are never stale. */
export const compileCache = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'compile'),
};
