/** docs/operations.md against what there is: its variables, its metrics, its alerts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createMetrics } from '../../src/telemetry/metrics.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/operations.md'), 'utf8');
const settings = readFileSync(join(root, 'src/settings.ts'), 'utf8');

const metrics = await createMetrics({
  version: '1',
  depth: () => Promise.resolve([]),
}).registry.getMetricsAsJSON();
const ours = metrics.map(({ name }) => name).filter((name) => name.startsWith('dreamkeeper_'));

const { groups } = z
  .object({
    groups: z.array(
      z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })).nonempty() }),
    ),
  })
  .parse(parse(/```yaml\n(.*?)```/s.exec(page)?.[1] ?? ''));
const rules = groups.flatMap((group) => group.rules);

function syntaxErrors(expression: string): readonly string[] {
  const errors: string[] = [];
  parser.parse(expression).iterate({
    enter({ type, from, to }) {
      if (type.isError) errors.push(`at ${from}: ${expression.slice(from, to)}`);
    },
  });
  return errors;
}

it('tells every variable of the environment that is read', () => {
  const read = new Set([...settings.matchAll(/\benv\.([A-Z_]+)/g)].map(([, name = '']) => name));
  expect(read.size).toBeGreaterThan(5);
  expect([...read].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

it('tells every metric, and none that there is not', () => {
  const rows = [...page.matchAll(/^\| `(dreamkeeper_[a-z_]+)`/gm)].map(([, name = '']) => name);
  expect(rows.sort()).toEqual([...ours].sort());
});

it.each(rules)('$alert can be evaluated, and asks for metrics that there are', ({ expr }) => {
  expect(syntaxErrors(expr)).toEqual([]);
  const asked = [...expr.matchAll(/dreamkeeper_[a-z_]+/g)].map(([name]) => name);
  expect(asked.length).toBeGreaterThan(0);
  for (const name of asked) expect(ours).toContain(name);
});

it('would find an alert wrong that cannot be evaluated', () => {
  expect(syntaxErrors('sum by (kind rate(x[5m])')).not.toEqual([]);
});
