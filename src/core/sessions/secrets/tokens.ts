/** Tokens that are recognised by their own shape, which secretlint's recommended rules miss or catch only in part. */
import { looksRandom } from './placeholder.ts';
import type { SecretKind, SecretMatch } from './match.ts';

interface TokenPattern {
  readonly kind: SecretKind;
  /** A text without it cannot match; only for expressions that do not begin with a literal and so are slow to rule out. */
  readonly hint?: string;
  /** Global. When it has a group, that is the secret, and it ends where the match ends. */
  readonly pattern: RegExp;
  readonly accept?: (secret: string) => boolean;
}

/** Basic authentication and Docker's `auth` are base64 of `user:password`. */
function holdsUserAndPassword(base64: string): boolean {
  try {
    return /^[\x20-\x7e]+:[\x20-\x7e]+$/.test(atob(base64.replace(/=+$/, '')));
  } catch {
    return false;
  }
}

const cookieHasRandomPart = (cookies: string): boolean =>
  cookies.split(';').some((cookie) => looksRandom(cookie.slice(cookie.indexOf('=') + 1).trim()));

// Sources of the shapes: GitHub's list of supported secret scanning patterns and the providers' own pages.
const patterns: readonly TokenPattern[] = [
  {
    kind: 'github',
    pattern: /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9._-]{36,}/g,
  },
  { kind: 'github', pattern: /github_pat_[A-Za-z0-9_]{36,}/g },
  {
    kind: 'gitlab',
    pattern: /(?<![A-Za-z0-9])gl(?:pat|dt|rt|ptt|ft|agent|cbt|soat)-[\w-]{20,}/g,
  },
  {
    kind: 'jwt',
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)?/g,
  },
  { kind: 'aws', pattern: /X-Amz-Signature=([0-9a-f]{64})/g },
  {
    kind: 'aws',
    pattern: /(?<![A-Za-z0-9])A(?:BIA|CCA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
  },
  { kind: 'gcp', pattern: /(?<![A-Za-z0-9_-])AIza[\w-]{35}(?![\w-])/g },
  { kind: 'gcp', pattern: /(?<![\w-])(?:GOCSPX-[\w-]{28}|ya29\.[\w-]{20,})/g },
  {
    kind: 'azure',
    pattern: /(?:AccountKey|SharedAccessKey|SharedSecretValue)=([A-Za-z0-9+/]{40,88}={0,2})/g,
  },
  { kind: 'azure', pattern: /[?&]sig=([A-Za-z0-9%+/]{40,}={0,2})/g },
  {
    kind: 'azure',
    hint: 'Q~',
    pattern: /(?<![\w~.-])[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}(?![\w~-])/g,
  },
  {
    kind: 'slack',
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/([A-Za-z0-9+/_-]{20,})/g,
  },
  {
    kind: 'slack',
    pattern: /(?<![A-Za-z0-9])(?:xox[abeoprs]-|xapp-)[A-Za-z0-9-]{20,}/g,
  },
  {
    kind: 'discord',
    pattern: /discord(?:app)?\.com\/api\/webhooks\/(\d{10,22}\/[\w-]{30,})/g,
  },
  {
    kind: 'discord',
    pattern: /(?<![\w.-])[MNO][A-Za-z\d_-]{23,27}\.[\w-]{6}\.[\w-]{27,40}(?![\w-])/g,
  },
  { kind: 'telegram', pattern: /(?<!\w)\d{8,10}:AA[\w-]{33}(?![\w-])/g },
  { kind: 'twilio', pattern: /(?<!\w)SK[0-9a-f]{32}(?!\w)/g },
  { kind: 'mail-service', pattern: /(?<![\w-])key-[0-9a-f]{32}(?!\w)/g },
  { kind: 'mail-service', hint: '-us', pattern: /(?<!\w)[0-9a-f]{32}-us\d{1,2}(?!\w)/g },
  { kind: 'mail-service', pattern: /xkeysib-[0-9a-f]{64}-\w{16}/g },
  {
    kind: 'payment',
    pattern: /(?<!\w)(?:sq0(?:csp|atp|idp)-[\w-]{22,43}|EAAA[\w-]{60,})/g,
  },
  {
    kind: 'stripe',
    pattern: /(?<!\w)(?:whsec_[A-Za-z0-9+/]{24,}={0,2}|[rs]k_(?:live|test)_[A-Za-z0-9]{16,})/g,
  },
  {
    kind: 'atlassian',
    pattern: /(?<!\w)(?:ATATT3[\w=-]{60,}|ATBB[A-Za-z0-9]{24,})/g,
  },
  {
    kind: 'package-registry',
    pattern:
      /(?<![\w-])(?:pypi-[\w-]{50,}|npm_[A-Za-z0-9]{36}|rubygems_[0-9a-f]{48}|cio[A-Za-z0-9]{32}|dckr_pat_[\w-]{27}|oy2[a-z0-9]{43}|AKCp[A-Za-z0-9]{60,})(?![\w-])/g,
  },
  {
    kind: 'model-provider',
    pattern:
      /(?<![\w-])(?:sk-(?:or-v1-|proj-|ant-|svcacct-)?[A-Za-z0-9_-]{24,}|r8_[A-Za-z0-9]{37}|xai-[A-Za-z0-9]{60,}|pplx-[A-Za-z0-9]{40,}|gsk_[A-Za-z0-9]{40,}|hf_[A-Za-z0-9]{30,}|fw_[A-Za-z0-9]{20,}|tgp_v1_[\w-]{40,})/g,
    accept: (secret) => looksRandom(secret, 20),
  },
  { kind: 'cloud-token', hint: '.atlasv1.', pattern: /(?<!\w)[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,}/g },
  {
    kind: 'cloud-token',
    pattern:
      /(?<![\w-])(?:do[opr]_v1_[0-9a-f]{64}|sbp_[0-9a-f]{40}|sb_secret_[\w-]{20,}|nfp_[A-Za-z0-9]{36}|HRKU-[\w-]{36,}|PMAK-[0-9a-f-]{59}|NRAK-[A-Z0-9]{27}|sntry[su]_[\w+/=-]{40,}|dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{40,}|pul-[0-9a-f]{40}|bkua_[0-9a-f]{40}|CCIPAT_[\w-]{40,}|FlyV1 fm\d_[\w+/=-]{40,}|rnd_[A-Za-z0-9]{32}|AGE-SECRET-KEY-1[0-9A-Z]{58}|sl\.[\w-]{130,}|phx_[A-Za-z0-9]{40,}|lin_api_[A-Za-z0-9]{40}|ntn_[A-Za-z0-9]{46}|secret_[A-Za-z0-9]{43}|glsa_[\w]{32}_[0-9a-f]{8}|tskey-[a-z]+-[\w-]{20,})(?![\w-])/g,
  },
  {
    kind: 'password-hash',
    pattern:
      /(?<!\w)\$(?:2[aby]\$\d\d\$[./A-Za-z0-9]{53}|[56y]\$[./A-Za-z0-9$=]{40,}|argon2(?:id|i|d)\$[\w=,$+/.-]{40,})/g,
  },
  {
    kind: 'bearer',
    pattern:
      /(?:\bbearer\s{1,3}|\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:token\s{1,3}|apikey\s{1,3})?|\bx-(?:api-key|auth-token|access-token)["']?\s{0,3}[:=]\s{0,3}["']?|\bprivate-token["']?\s{0,3}[:=]\s{0,3}["']?)([A-Za-z0-9._~+/-]{16,4096}={0,2})/gi,
    accept: (secret) => looksRandom(secret),
  },
  {
    kind: 'basic-auth',
    pattern: /\bbasic\s{1,3}([A-Za-z0-9+/]{8,512}={0,2})/gi,
    accept: holdsUserAndPassword,
  },
  {
    kind: 'docker',
    pattern: /"auth\\{0,3}"\s{0,4}:\s{0,4}\\{0,3}"([A-Za-z0-9+/]{8,512}={0,2})/g,
    accept: holdsUserAndPassword,
  },
  {
    kind: 'cookie',
    pattern: /\b(?:set-)?cookie["']?\s{0,3}[:=]\s{0,3}["']?([\w.%-]{1,80}=[^\r\n"'\\]{12,4096})/gi,
    accept: cookieHasRandomPart,
  },
];

/** Finds tokens by shape. Linear: every repetition is bounded or followed by nothing that could fail and retry. */
export function* findTokens(text: string): Generator<SecretMatch> {
  for (const { kind, hint, pattern, accept } of patterns) {
    if (hint !== undefined && !text.includes(hint)) continue;
    for (const match of text.matchAll(pattern)) {
      const secret = match[1] ?? match[0];
      if (accept && !accept(secret)) continue;
      const end = match.index + match[0].length;
      yield { kind, start: end - secret.length, end };
    }
  }
}
