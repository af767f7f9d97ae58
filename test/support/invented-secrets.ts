/**
 * Secrets of the shapes that providers give out, none of them real. They are put together at run time, so that no
 * scanner of this repository mistakes them for a leak.
 */

/** The same text for the same seed: a linear congruential generator (Numerical Recipes). */
export function randomText(length: number, alphabet: string, seed = 7): string {
  let state = (seed * 2654435761 + length * 40503 + alphabet.length) >>> 0;
  let text = '';
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += alphabet[(state >>> 8) % alphabet.length] ?? '';
  }
  return text;
}

const digits = '0123456789';
const hex = `${digits}abcdef`;
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const letters = `${upper}${upper.toLowerCase()}`;
const base62 = `${digits}${letters}`;

export const hexText = (length: number, seed?: number): string => randomText(length, hex, seed);
export const word = (length: number, seed?: number): string => randomText(length, base62, seed);
export const capitals = (length: number, seed?: number): string => randomText(length, `${upper}234567`, seed);
export const numerals = (length: number, seed?: number): string => randomText(length, digits, seed);

export const jwt = ['eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9', `eyJ${word(60)}`, word(43)].join('.');

export function privateKey(label = 'RSA '): string {
  const lines = [1, 2, 3, 4].map((seed) => word(64, seed));
  const dashes = '-----';
  return [
    `${dashes}BEGIN ${label}PRIVATE KEY${dashes}`,
    ...lines,
    `${word(30)}==`,
    `${dashes}END ${label}PRIVATE KEY${dashes}`,
  ].join('\n');
}

/** What each text holds that must not be left, by a name for the case. */
export const inventedSecrets: readonly (readonly [name: string, text: string, secret: string])[] = [
  ['GitHub personal token', 'ghp_', word(36)],
  ['GitHub installation token', 'ghs_', word(500)],
  ['GitHub installation token with dots', 'ghs_', `${word(40)}.${word(80, 2)}-${word(40, 3)}_x`],
  ['GitHub fine-grained token', 'github_pat_', `${word(22)}_${word(59)}`],
  ['GitLab token', 'glpat-', word(20)],
  ['AWS access key id', 'AKIA', capitals(16)],
  ['AWS temporary key id', 'ASIA', capitals(16)],
  ['AWS secret key in a profile', 'aws_secret_access_key = ', word(40)],
  ['AWS secret key in JSON', '"SecretAccessKey": "', word(40)],
  ['AWS signature in a URL', 'https://b.s3.amazonaws.com/k?X-Amz-Signature=', hexText(64)],
  ['Google API key', 'AIza', word(35)],
  ['Google OAuth secret', 'GOCSPX-', word(28)],
  ['Azure storage key', 'AccountName=a;AccountKey=', `${word(86)}==`],
  ['Azure shared access signature', 'https://a.blob.core.windows.net/c?sv=1&sig=', `${word(43)}%3D`],
  ['Anthropic key', 'sk-ant-api03-', `${word(93)}AA`],
  ['OpenAI project key', 'sk-proj-', word(100)],
  ['OpenRouter key', 'sk-or-v1-', hexText(64)],
  ['Hugging Face token', 'hf_', randomText(34, letters)],
  ['Slack bot token', 'xoxb-', `${numerals(12)}-${numerals(12, 2)}-${word(24)}`],
  ['Slack webhook', 'https://hooks.slack.com/services/', `T${capitals(9)}/B${capitals(9, 2)}/${word(24)}`],
  ['Discord webhook', 'https://discord.com/api/webhooks/', `${numerals(18)}/${word(68)}`],
  ['Discord bot token', 'M', `${word(23)}.${word(6, 2)}.${word(27, 3)}`],
  ['Telegram bot token', `bot token ${numerals(9)}:AA`, word(33)],
  ['Stripe key', 'sk_live_', word(24)],
  ['Stripe webhook secret', 'whsec_', word(32)],
  ['Twilio key', 'SK', hexText(32)],
  ['SendGrid key', 'SG.', `${word(22)}.${word(43)}`],
  ['Mailgun key', 'key-', hexText(32)],
  ['npm token', 'npm_', word(36)],
  [
    'npm token in .npmrc',
    '//registry.npmjs.org/:_authToken=',
    `${hexText(8)}-${hexText(4)}-${hexText(4, 2)}-${hexText(4, 3)}-${hexText(12)}`,
  ],
  ['PyPI token', 'pypi-', word(120)],
  ['DigitalOcean token', 'dop_v1_', hexText(64)],
  ['Supabase token', 'sbp_', hexText(40)],
  ['Doppler token', 'dp.pt.', word(43)],
  ['bare JWT', '', jwt],
  ['bearer header', 'curl -H "Authorization: Bearer ', word(40)],
  ['token header', 'Authorization: token ', hexText(40)],
  ['API key header', 'X-Api-Key: ', word(32)],
  ['basic header', 'Authorization: Basic ', btoa(`deploy:${word(12)}`)],
  ['Docker auth', '{"auths":{"https://index.docker.io/v1/":{"auth": "', btoa(`deploy:${word(14)}`)],
  ['session cookie', 'Cookie: theme=dark; session=', word(48)],
  ['password in an environment file', 'DB_PASSWORD=', 'Gr33nTurtle!9'],
  ['password in YAML', 'password: ', 'tR7#kk29Lm'],
  ['password in JSON', '{"password": "', 'w8Kq2LmZp0'],
  ['password in escaped JSON', '{\\"password\\": \\"', 'w8Kq2LmZp0'],
  ['password with brackets in quotes', "password = '", 'p(7]xQ{2)vK'],
  ['password in prose', 'the password is ', 'Zx81-spectrum!'],
  ['password after ===', 'if (password === "', 'Kite4Moon8'],
  ['password option', 'login --password ', 'Qw9!rTz20'],
  ['password of curl', 'curl -u deploy:', 'Qw9rTz20x'],
  ['password of sshpass', 'sshpass -p ', 'Qw9rTz20x'],
  ['password in .netrc', 'machine git.acme.io login bot password ', 'Qw9rTz20x'],
  ['api key in code', 'const apiKey = "', word(32)],
  ['client secret', 'CLIENT_SECRET=', word(40)],
  ['secret as hex', 'SESSION_SECRET: ', hexText(64)],
  ['secret in a URL', 'https://acme.io/cb?access_token=', word(40)],
  ['PostgreSQL URL', 'postgres://app:', word(14), '@db.acme.io:5432/app'],
  ['MongoDB URL', 'mongodb+srv://app:', word(14), '@c0.acme.mongodb.net/app'],
  ['Redis URL', 'redis://:', word(14), '@cache.acme.io:6379/0'],
  ['AMQP URL', 'amqp://svc:', word(14), '@mq.acme.io/v'],
  ['Git remote with a token', 'https://x-access-token:', word(30), '@git.acme.io/a/b.git'],
  ['bcrypt hash', '$2b$12$', word(53)],
  ['Visa number', 'card ', '4539 1488 0343 6467'],
  ['Mastercard in one piece', 'card ', '5500005555555559'],
  ['American Express number', 'card ', '3782 822463 10005'],
  ['age key', 'AGE-SECRET-KEY-1', capitals(58)],
].map(
  ([name = '', before = '', secret = '', after = '']) => [name, before + secret + after, secret] as const,
);
