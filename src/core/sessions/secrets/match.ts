/** What every finder of secrets returns, and the names a redaction may bear. */

export interface SecretMatch {
  readonly kind: SecretKind;
  /** UTF-16 offsets into the text that was searched; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

export type Finder = (text: string) => Iterable<SecretMatch>;

/** The names of secretlint's rules, where ours differ; all others keep the rule's own name. */
export const kindOfRule: Readonly<Record<string, SecretKind>> = {
  privatekey: 'private-key',
  basicauth: 'basic-auth',
  'database-connection-string': 'connection-string',
};

export const secretKinds = [
  '1password',
  'anthropic',
  'atlassian',
  'aws',
  'azure',
  'basic-auth',
  'bearer',
  'cloud-token',
  'cloudflare',
  'connection-string',
  'cookie',
  'credit-card',
  'custom',
  'databricks',
  'discord',
  'docker',
  'figma',
  'gcp',
  'github',
  'gitlab',
  'grafana',
  'groq',
  'hashicorp-vault',
  'huggingface',
  'jwt',
  'linear',
  'mail-service',
  'model-provider',
  'notion',
  'npm',
  'openai',
  'package-registry',
  'password',
  'password-hash',
  'payment',
  'private-key',
  'secret',
  'sendgrid',
  'shopify',
  'slack',
  'stripe',
  'tailscale',
  'telegram',
  'twilio',
  'vercel',
] as const;
export type SecretKind = (typeof secretKinds)[number];

export function isSecretKind(name: string): name is SecretKind {
  return (secretKinds as readonly string[]).includes(name);
}
