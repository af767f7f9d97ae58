/** Manifests against Kubernetes' own API description, as the package kubernetes-models has it compiled. */
import { join } from 'node:path';
import { Deployment, StatefulSet } from 'kubernetes-models/apps/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { PersistentVolumeClaim, Service } from 'kubernetes-models/v1';
import ts from 'typescript';
import { z } from 'zod';

const models = {
  'apps/v1 Deployment': { Model: Deployment, type: 'IDeployment', from: 'kubernetes-models/apps/v1' },
  'apps/v1 StatefulSet': { Model: StatefulSet, type: 'IStatefulSet', from: 'kubernetes-models/apps/v1' },
  'policy/v1 PodDisruptionBudget': {
    Model: PodDisruptionBudget,
    type: 'IPodDisruptionBudget',
    from: 'kubernetes-models/policy/v1',
  },
  'v1 PersistentVolumeClaim': {
    Model: PersistentVolumeClaim,
    type: 'IPersistentVolumeClaim',
    from: 'kubernetes-models/v1',
  },
  'v1 Service': { Model: Service, type: 'IService', from: 'kubernetes-models/v1' },
} as const;

export const manifestSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});
export type Manifest = z.infer<typeof manifestSchema>;

function modelOf({ apiVersion, kind }: Manifest) {
  const name = `${apiVersion} ${kind}`;
  const found = Object.entries(models).find(([key]) => key === name);
  if (found === undefined) throw new Error(`add ${name} to the kinds that are checked`);
  return found[1];
}

/** @throws when a field that is known has a wrong value, or one that is required is missing. */
export function checkValues(manifest: Manifest): void {
  new (modelOf(manifest).Model)(manifest).validate();
}

/**
 * The values do not tell of misspelt fields; the types do.
 * @returns what the compiler says.
 */
export function unknownFields(manifests: readonly Manifest[]): readonly string[] {
  const file = join(import.meta.dirname, 'manifests.generated.ts');
  const lines = manifests.map((manifest, index) => {
    const { type, from } = modelOf(manifest);
    return `export const manifest${index}: import('${from}').${type} = ${JSON.stringify(manifest)};`;
  });
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const withFile: ts.CompilerHost = {
    ...host,
    fileExists: (name) => name === file || host.fileExists(name),
    getSourceFile: (name, target, ...rest) =>
      name === file
        ? ts.createSourceFile(name, lines.join('\n'), target)
        : host.getSourceFile(name, target, ...rest),
  };
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, withFile))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
