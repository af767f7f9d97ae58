/** A process of its own that owns an embedded server, for tests that kill it or run it as another user. */
import { startPostgres } from '../../../src/jobs/postgres/server.ts';

const [folder = ''] = process.argv.slice(2);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

try {
  const server = await startPostgres({ folder, log: silent });
  say({ connectionString: server.connectionString });
  process.stdin.on('end', () => void server.stop().then(() => say({ stopped: true })));
  process.stdin.resume();
} catch (error) {
  const { message } = error instanceof Error ? error : { message: String(error) };
  const remedy = error instanceof Error && 'remedy' in error ? error.remedy : undefined;
  say({ message, remedy });
}
