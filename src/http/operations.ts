/** What those who run Dreamkeeper ask it: is it alive, can it work, what did it do. */
import type { Registry } from 'prom-client';
import type { RequestHandler } from './handler.ts';
import { createReadiness, type ReadinessOptions } from './readiness.ts';
import { routes } from './routes.ts';

export interface OperationsOptions extends ReadinessOptions {
  readonly registry: Registry;
}

/**
 * - `/healthz`: 200 as long as the process answers. It asks nothing else: a restart would mend no database.
 * - `/readyz`: 200 when all checks hold, else 503; which, and how long each took, in JSON.
 * - `/metrics`: all metrics in the text format of Prometheus.
 */
export function operationsHandler(options: OperationsOptions): RequestHandler {
  const ready = createReadiness(options);
  return routes(
    {
      '/healthz': () => ({ status: 200, body: { status: 'ok' } }),
      '/readyz': async () => {
        const readiness = await ready();
        return { status: readiness.status === 'ready' ? 200 : 503, body: readiness };
      },
      '/metrics': async () => ({
        status: 200,
        type: options.registry.contentType,
        body: await options.registry.metrics(),
      }),
    },
    options.onError,
  );
}
