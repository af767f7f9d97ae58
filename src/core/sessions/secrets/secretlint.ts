/** secretlint's recommended rules, as a finder. */
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { secretLintProfiler } from '@secretlint/profiler';
import type { SecretLintCoreConfig } from '@secretlint/types';
import { isSecretKind, kindOfRule, type SecretKind, type SecretMatch } from './match.ts';

// On by default, and it keeps every mark it ever made: after a million of them each scan takes seconds.
secretLintProfiler.setEnabled(false);

const prefix = '@secretlint/secretlint-rule-';
const config: SecretLintCoreConfig = {
  rules: [
    {
      id: `${prefix}preset-recommend`,
      rule: creator,
      rules: [
        { id: `${prefix}aws`, options: { enableIDScanRule: true } },
        // A transcript that says "secretlint-disable" must not switch the redactor off.
        { id: `${prefix}filter-comments`, disabled: true },
      ],
    },
  ],
};

/** A leading byte order mark would be stripped by secretlint and shift all ranges; so the text never comes first. */
const lead = '\n';

/** @throws whatever a rule throws: then nothing was checked, and the caller must let nothing pass. */
export async function findWithSecretlint(text: string): Promise<readonly SecretMatch[]> {
  const result = await lintSource({
    source: { filePath: 'transcript.txt', ext: '.txt', contentType: 'text', content: lead + text },
    options: { config, noPhysicFilePath: true },
  });
  return result.messages.map(({ ruleId, range }) => ({
    kind: kindOf(ruleId),
    start: Math.max(0, range[0] - lead.length),
    end: range[1] - lead.length,
  }));
}

function kindOf(ruleId: string): SecretKind {
  const rule = ruleId.replace(prefix, '');
  return kindOfRule[rule] ?? (isSecretKind(rule) ? rule : 'secret');
}
