/** Spans on their way to a collector. Loaded only where one is set. */
import { ExportResultCode } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  TracerProvider,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace';
import type { Redactor } from '../core/sessions/redact.ts';

export interface TracingOptions {
  readonly version: string;
  /** What it takes for a secret is not sent: even the name of a repository may be one. */
  readonly redactor: Redactor;
  /** A collector that does not take what it is sent. */
  readonly onError: (error: unknown) => void;
}

export function createProvider({ version, redactor, onError }: TracingOptions): TracerProvider {
  const ours = resourceFromAttributes({ 'service.name': 'dreamkeeper', 'service.version': version });
  // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come last: who runs us knows better.
  const theirs = detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] });
  const exporter = telling(new OTLPTraceExporter(), onError);
  return new TracerProvider({
    resource: defaultResource().merge(ours).merge(theirs),
    spanProcessors: [new BatchSpanProcessor({ exporter: redacting(exporter, redactor, onError) })],
  });
}

function redacting(
  exporter: SpanExporter,
  redactor: Redactor,
  onError: (error: unknown) => void,
): SpanExporter {
  return {
    export(spans, callback) {
      withoutSecrets(spans, redactor).then(
        (clean) => exporter.export(clean, callback),
        // What cannot be checked is not sent.
        (error: unknown) => {
          onError(error);
          callback({ code: ExportResultCode.FAILED });
        },
      );
    },
    shutdown: () => exporter.shutdown(),
  };
}

async function withoutSecrets(spans: readonly ReadableSpan[], redactor: Redactor): Promise<ReadableSpan[]> {
  const fields = spans.map(({ attributes }) =>
    Object.entries(attributes).filter((field): field is [string, string] => typeof field[1] === 'string'),
  );
  const texts = fields.flat().map(([, text]) => text);
  const clean = await redactor.redact(texts);
  let next = 0;
  return spans.map((span, index) => {
    const changed: Record<string, string> = {};
    for (const [name] of fields[index] ?? []) changed[name] = clean[next++]?.text ?? '[redacted]';
    const attributes = { ...span.attributes, ...changed };
    // A span is an object with a state of its own; all but this is as it was.
    return new Proxy(span, {
      get: (target, name): unknown => (name === 'attributes' ? attributes : Reflect.get(target, name)),
    });
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
