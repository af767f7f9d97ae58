/** Spans on their way to a collector. Loaded only where one is set. */
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace';

export interface TracingOptions {
  readonly version: string;
  /** A collector that does not take what it is sent. */
  readonly onError: (error: unknown) => void;
}

export function createProvider({ version, onError }: TracingOptions): TracerProvider {
  const ours = resourceFromAttributes({ 'service.name': 'dreamkeeper', 'service.version': version });
  // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come last: who runs us knows better.
  const theirs = detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] });
  return new TracerProvider({
    resource: defaultResource().merge(ours).merge(theirs),
    spanProcessors: [new BatchSpanProcessor({ exporter: telling(new OTLPTraceExporter(), onError) })],
  });
}

/** The processor drops what cannot be sent without a word. */
function telling(exporter: SpanExporter, onError: (error: unknown) => void): SpanExporter {
  return {
    export(spans, callback) {
      exporter.export(spans, (result) => {
        if (result.error !== undefined) onError(result.error);
        callback(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}
