/** A free port. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on a free port that answers nothing yet: what it serves needs its address. */
export async function openPort(): Promise<{ server: Server; origin: string }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
