/** Says to `dreamkeeper jobs` where the database of a running `serve` is; only its user may read it. */
import { join } from 'node:path';

export function connectionFile(dataFolder: string): string {
  return join(dataFolder, 'connection');
}
