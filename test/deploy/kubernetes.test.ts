import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { imageTag, unknownOptions, version } from './command.ts';
import { checkValues, manifestSchema, unknownFields, type Manifest } from './kubernetes.ts';

const folder = join(import.meta.dirname, '../../deploy/kubernetes');
const readFolder = (...names: readonly string[]): readonly Manifest[] =>
  readdirSync(join(folder, ...names), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ name }) => parseAllDocuments(readFileSync(join(folder, ...names, name), 'utf8')))
    .map((document) => manifestSchema.parse(document.toJS()));
const shared = readFolder();
/** What is applied together with the database: for a GitHub App, or for a folder of repositories. */
const sets = { app: readFolder('app'), folder: readFolder('folder') };
const manifests = [...shared, ...sets.app, ...sets.folder];

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
const isWorkload = ({ kind }: Manifest): boolean => kind === 'Deployment' || kind === 'StatefulSet';
const workloadsOf = (set: string, among: readonly Manifest[]) =>
  among
    .filter(isWorkload)
    .map((manifest): [string, z.infer<typeof podSchema>['spec']['template']['spec']] => [
      `${manifest.metadata.name} ${set}`,
      podSchema.parse(manifest).spec.template.spec,
    ]);
const ours = [...workloadsOf('for an App', sets.app), ...workloadsOf('for a folder', sets.folder)];
const workloads = [...ours, ...workloadsOf('for both', shared)];

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

  it.each(Object.entries(sets))('%s are web, worker and database', (_name, set) => {
    const names = [...shared, ...set].filter(isWorkload).map(({ metadata }) => metadata.name);
    expect(names.sort()).toEqual(['dreamkeeper-postgres', 'dreamkeeper-web', 'dreamkeeper-worker']);
  });

  it.each(Object.entries(sets))('%s refer only to what is there', (_name, set) => {
    const claims = set
      .filter(({ kind }) => kind === 'PersistentVolumeClaim')
      .map(({ metadata }) => metadata.name);
    const asked = [...JSON.stringify(set).matchAll(/"claimName":"([^"]+)"/g)].map(([, name]) => name);
    expect(new Set(asked)).toEqual(new Set(claims));
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

  it('has something to serve', () => {
    const { args = [], env } = container;
    expect(args.includes('--repos') || env.some(({ name }) => name === 'APP_ID')).toBe(true);
  });

  it('is started with options that there are, in this version', () => {
    expect(imageTag(container.image)).toBe(version);
    expect(unknownOptions(container.args ?? [])).toEqual([]);
  });
});
