/** Traces for those who collect them (OpenTelemetry over HTTP). Nothing of it is loaded for others. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, Span } from '@opentelemetry/api';
import type { TracingOptions } from './otlp.ts';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

export interface Tracing {
  /**
   * Runs work as a span; spans within it, over awaits too, are its children. What it throws is noted and passed on.
   * Attributes are ids and codes, never text of sessions: they leave the machine.
   */
  span<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T>;
  /** Sends what is left, for three seconds at most. */
  stop(): Promise<void>;
}

export const noTracing: Tracing = {
  span: (_name, _attributes, work) => work(),
  stop: () => Promise.resolve(),
};

/**
 * To be called when `OTEL_EXPORTER_OTLP_ENDPOINT` is set. The exporter reads it and its kin (headers, time limit,
 * certificates, resource attributes) from the environment by itself, as the OpenTelemetry specification names them.
 */
export async function startTracing(options: TracingOptions): Promise<Tracing> {
  const [{ ROOT_CONTEXT, SpanStatusCode, trace }, { createProvider }] = await Promise.all([
    import('@opentelemetry/api'),
    import('./otlp.ts'),
  ]);
  const provider = createProvider(options);
  const tracer = provider.getTracer('dreamkeeper', options.version);
  // A context of our own: nothing global is registered, so nothing else in the process changes.
  const current = new AsyncLocalStorage<Context>();
  const finish = async <T>(span: Span, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      // Its message may hold anything; the log, which is redacted, has it.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'thrown' });
      throw error;
    } finally {
      span.end();
    }
  };
  return {
    span(name, attributes, work) {
      const parent = current.getStore() ?? ROOT_CONTEXT;
      const span = tracer.startSpan(name, { attributes: { ...attributes } }, parent);
      return current.run(trace.setSpan(parent, span), () => finish(span, work));
    },
    async stop() {
      await Promise.race([
        provider.shutdown().catch(() => undefined),
        sleep(3_000, undefined, { ref: false }),
      ]);
    },
  };
}
