import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { imageTag, unknownOptions, version } from './command.ts';
import { checkValues, manifestSchema, unknownFields, type Manifest } from './kubernetes.ts';

const folder = join(import.meta.dirname, '../../deploy/kubernetes');
const manifests = readdirSync(folder).flatMap((file) =>
  parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) =>
    manifestSchema.parse(document.toJS()),
  ),
);

const probe = z.looseObject({ httpGet: z.object({ path: z.string(), port: z.string() }).optional() });
const podSchema = z.object({
  spec: z.looseObject({
    template: z.object({
      spec: z.looseObject({
        automountServiceAccountToken: z.literal(false),
        terminationGracePeriodSeconds: z.number(),
        securityContext: z.looseObject({ runAsNonRoot: z.literal(true), runAsUser: z.number().positive() }),
        containers: z.tuple([
          z.looseObject({
            image: z.string(),
            args: z.array(z.string()).optional(),
            env: z.array(
              z.looseObject({
                name: z.string(),
                value: z.string().optional(),
                valueFrom: z.looseObject({ secretKeyRef: z.looseObject({ name: z.string() }) }).optional(),
              }),
            ),
            livenessProbe: probe,
            readinessProbe: probe,
            startupProbe: probe,
            resources: z.object({
              requests: z.looseObject({ memory: z.string() }),
              limits: z.looseObject({ memory: z.string() }),
            }),
            securityContext: z.looseObject({
              allowPrivilegeEscalation: z.literal(false),
              readOnlyRootFilesystem: z.literal(true),
              capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
            }),
          }),
        ]),
      }),
    }),
  }),
});
const workloads = manifests
  .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
  .map((manifest): [string, z.infer<typeof podSchema>['spec']['template']['spec']] => [
    manifest.metadata.name,
    podSchema.parse(manifest).spec.template.spec,
  ]);
const ours = workloads.filter(([name]) => name !== 'dreamkeeper-postgres');

function misspelt(manifest: Manifest | undefined): Manifest {
  return manifestSchema.parse(
    JSON.parse(JSON.stringify(manifest).replace('"readinessProbe"', '"readyProbe"')),
  );
}

describe('the manifests', () => {
  it.each(
    manifests.map((manifest): [string, Manifest] => [`${manifest.kind} ${manifest.metadata.name}`, manifest]),
  )('%s has the values that the API takes', (_name, manifest) => {
    expect(() => checkValues(manifest)).not.toThrow();
  });

  it('have no field that the API does not know', () => {
    expect(unknownFields(manifests)).toEqual([]);
  });

  it('would be found wrong by these checks', () => {
    const deployment = manifests.find(({ kind }) => kind === 'Deployment');
    const wrong = manifestSchema.parse({ ...deployment, spec: { replicas: 'two' } });
    expect(() => checkValues(wrong)).toThrow();
    expect(unknownFields([misspelt(deployment)]).join()).toContain('readyProbe');
  });

  it('are web, worker and database', () => {
    expect(workloads.map(([name]) => name).sort()).toEqual([
      'dreamkeeper-postgres',
      'dreamkeeper-web',
      'dreamkeeper-worker',
    ]);
  });

  it('refer only to what is there', () => {
    const claims = manifests
      .filter(({ kind }) => kind === 'PersistentVolumeClaim')
      .map(({ metadata }) => metadata.name);
    const asked = [...JSON.stringify(manifests).matchAll(/"claimName":"([^"]+)"/g)].map(([, name]) => name);
    expect(asked).toHaveLength(2);
    for (const name of asked) expect(claims).toContain(name);
  });
});

describe.each(workloads)('%s', (_name, { containers }) => {
  it('runs an image of one version', () => {
    for (const { image } of containers) expect(image).toMatch(/:\d+\.\d+/);
  });

  it('has its secrets from the Secret', () => {
    const names = containers.flatMap(({ env }) => env);
    for (const { name, value, valueFrom } of names) {
      if (!/PASSWORD|SECRET|KEY|TOKEN|DATABASE_URL/.test(name)) continue;
      expect(value).toBeUndefined();
      expect(valueFrom?.secretKeyRef.name).toBe('dreamkeeper');
    }
  });
});

describe.each(ours)('%s', (_name, { containers: [container], terminationGracePeriodSeconds }) => {
  it('is asked whether it lives and whether it can work, each where it says so', () => {
    expect(container.livenessProbe.httpGet).toEqual({ path: '/healthz', port: 'http' });
    expect(container.readinessProbe.httpGet).toEqual({ path: '/readyz', port: 'http' });
  });

  it('is given the time that stopping takes', () => {
    expect(terminationGracePeriodSeconds).toBeGreaterThan(20);
  });

  it('is started with options that there are, in this version', () => {
    expect(imageTag(container.image)).toBe(version);
    expect(unknownOptions(container.args ?? [])).toEqual([]);
  });
});
