/** Secrets known by the name they are given: `DB_PASSWORD=…`, `"apiKey": "…"`, `--token …`, `user:password@`. */
import { isExpression, isPlaceholder, looksLikePassword, looksRandom } from './placeholder.ts';
import type { SecretMatch } from './match.ts';

const quote = '\\\\{0,3}["\'`]';
const name =
  '(?<name>password|passwd|passphrase|passcode|pwd|secret|token|(?:api|access|private|signing|encryption|auth|account|shared|service|deploy)[_-]?key|credentials?)(?<suffix>[\\w-]{0,24})';
const typed = '(?:\\s{0,2}:\\s{0,2}(?:str|string)(?=\\s{0,2}=))?';
const operator = '(?:\\s{0,4}(?:=>|:=|={1,3}|:)\\s{0,4}|\\s{1,2}is\\s{1,2})';
const value = `(?:(?<open>${quote})(?<quoted>(?:[^\\s"'\`\\\\]|\\\\[^\\s"'\`]){6,512})|(?<bare>[^\\s"'\`\\\\,;<>(){}[\\]]{6,512}))`;
const assignment = new RegExp(`${name}(?:${quote})?\\]?${typed}${operator}${value}`, 'gi');
const option = new RegExp(`--${name}[ =]${value}`, 'gi');

/** `passwordHash`, `token_count`, `secretName`: about a secret, not the secret. */
const aboutIt =
  /(?:id|ids|hash|sha\d*|digest|name|file|path|dir|url|uri|type|count|limit|length|size|index|version|arn|ref|fingerprint|regex|pattern|field|label|policy|expiry|expires|at|input|prompt|schema|error)$/i;

const hintWords = /passw|passphrase|passcode|pwd|secret|token|key|credential/i;

export function* findAssignments(text: string): Generator<SecretMatch> {
  if (!hintWords.test(text)) return;
  for (const pattern of [assignment, option]) {
    for (const match of text.matchAll(pattern)) {
      const { name: called = '', suffix = '', quoted, bare } = match.groups ?? {};
      const secret = quoted ?? bare ?? '';
      if (suffix !== '' && aboutIt.test(suffix)) continue;
      if (quoted === undefined && isExpression(secret)) continue;
      const isPassword = /^pass|^pwd/i.test(called);
      if (!isSecret(secret, isPassword, quoted !== undefined || /^[A-Z_]+$/.test(called))) continue;
      const end = match.index + match[0].length;
      yield { kind: isPassword ? 'password' : 'secret', start: end - secret.length, end };
    }
  }
}

/** Bare words right of a lower-case name are mostly code (`password = input2`), so they must look random. */
function isSecret(secret: string, isPassword: boolean, literal: boolean): boolean {
  if (!isPassword) return looksRandom(secret);
  return literal || /[!@#$%^&*?~]/.test(secret) ? looksLikePassword(secret) : looksRandom(secret, 8);
}

const userAndPassword =
  /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/"'`<>()[\]]{0,100}:([^\s@/"'`<>]{3,256})(?=@[\w[])/gi;
const curlUser = /\s(?:-u|--user)[ =]["']?[\w.@+-]{1,64}:([^\s"']{6,128})/g;
const netrc = /\blogin\s{1,4}\S{1,100}\s{1,4}password\s{1,4}(\S{4,128})/g;
const sshpass = /\bsshpass\s{1,3}-p\s{0,3}["']?([^\s"']{4,128})/g;

/** Passwords of URLs with a user, and of commands that take one by position. */
export function* findCredentialsByPlace(text: string): Generator<SecretMatch> {
  const places = [
    { pattern: userAndPassword, kind: 'connection-string', hint: '://' },
    { pattern: curlUser, kind: 'basic-auth', hint: 'curl' },
    { pattern: netrc, kind: 'password', hint: 'login' },
    { pattern: sshpass, kind: 'password', hint: 'sshpass' },
  ] as const;
  for (const { pattern, kind, hint } of places) {
    if (!text.includes(hint)) continue;
    for (const match of text.matchAll(pattern)) {
      const secret = match[1] ?? '';
      if (isPlaceholder(secret)) continue;
      const end = match.index + match[0].length;
      yield { kind, start: end - secret.length, end };
    }
  }
}
