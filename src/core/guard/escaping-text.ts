/** Text by which data leave the machine: a request with a secret in it, a beacon, a blob that nobody can read. */

const sender = [
  String.raw`\b(?:curl|wget|xh|nc|ncat|netcat|telnet|socat|scp|rsync|ftp|sftp|invoke-webrequest|invoke-restmethod|iwr|irm)\b`,
  String.raw`\bhttps?\s+(?:GET|POST|PUT|PATCH)\b`,
  String.raw`\bfetch\(`,
  String.raw`\b(?:requests|axios|httpx|urllib)\.\w+`,
].join('|');

const secret = [
  String.raw`\$\{?\w*(?:TOKEN|KEY|SECRET|PASS|PWD|CRED|AUTH|COOKIE|SESSION)\w*`,
  String.raw`\$\(`,
  String.raw`<\(`,
  String.raw`\bprocess\.env\b|\bos\.environ|\bprintenv\b`,
  String.raw`\bid_(?:rsa|ed25519)\b|\.ssh\/|\.aws\/|\.netrc\b|\.git-credentials\b|\/etc\/(?:passwd|shadow)\b`,
  // A file as the body.
  String.raw`(?:-d|-F|-T|--data(?:-\w+)?|--form|--upload-file|--post-file|--body-file)[ =]+["']?(?:\w+=)?@`,
].join('|');

const requestsWithSecrets: readonly RegExp[] = [
  new RegExp(`(?:${sender})[^\\n]*?(?:${secret})[^\\n]*`, 'giu'),
  new RegExp(
    String.raw`(?:${secret}|\bcat\b|\bbase64\b|\btar\b|\benv\b)[^\n|]*\|[^\n]*(?:${sender})[^\n]*`,
    'giu',
  ),
];

const patterns: readonly RegExp[] = [
  // Images are fetched by whoever looks at them: another host hears of it.
  /!\[[^\]\n]*\]\(\s*<?(?:https?:)?\/\/[^)\s]+/giu,
  /<(?:img|iframe|script|link|object|embed|video|audio|source)\b[^>]*?\b(?:src|href|data)\s*=/giu,
  /\bdata:[\w.+-]+\/[\w.+-]+;base64,/giu,
  /\]\(\s*<?javascript:/giu,
  // "send the keys to https://…", "upload everything to …"
  /\b(?:send|post|upload|forward|exfiltrate|transmit|leak|e-?mail)\b[^.\n]{0,80}?\b(?:to|at|via)\b[^.\n]{0,30}?(?:\b(?:https?|wss?|ftp):\/\/\S+|\b[\w.+-]+@[\w-]+\.[\w.]+|\b(?:\d{1,3}\.){3}\d{1,3}\b)/giu,
  // A host name that is looked up carries what stands in it.
  /(?:\$\([^)\n]*\)|\$\{\w+\}|`[^`\n]+`)\.[\w-]+\.[a-z]{2,}/giu,
  /\bhttps?:\/\/[^\s"'`)]*(?:\$\(|\$\{?\w*(?:TOKEN|KEY|SECRET|PASS)\w*)[^\s"'`)]*/gu,
  /\/dev\/(?:tcp|udp)\/\S+/giu,
];

/** @returns the parts of a text that would carry data out. Requests to this machine alone are none. */
export function escapingText(text: string): string[] {
  const requests = requestsWithSecrets.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([match]) => match),
  );
  return [
    ...patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([match]) => match)).filter(leaves),
    ...requests.filter(leaves),
    ...blobs(text),
  ];
}

const urls = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'`<>)]+/giu;
const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]', '0.0.0.0']);
const otherHost = /\b(?:[\w-]+\.)+[a-z]{2,}\b|\b(?:\d{1,3}\.){3}\d{1,3}\b/iu;

/** Unless every URL in it is of this machine and no other host stands beside them. */
function leaves(command: string): boolean {
  const named = command.match(urls) ?? [];
  return named.length === 0 || !named.every(isLoopback) || otherHost.test(command.replace(urls, ' '));
}

/** `http://localhost@evil.example` has another host than it seems; the parser knows. */
const isLoopback = (url: string): boolean => URL.canParse(url) && loopback.has(new URL(url).hostname);

/** Long runs of mixed letters and digits say nothing to a reader; hashes in hex, paths and names are not meant. */
function blobs(text: string): string[] {
  const runs = [...text.matchAll(/(?<![\w+/-])[\w+/-]{40,}={0,2}/gu)].map(([run]) => run);
  return runs.filter((run) => !/^[0-9a-f-]+$/i.test(run) && run.split(/[/_-]/).some(isDense));
}

const densePart = 24;

/** How often the kind of character changes: in a code at every third or so, in a name seldom. */
function isDense(part: string): boolean {
  if (part.length < densePart || !/\d/.test(part) || !/[A-Z]/.test(part) || !/[a-z]/.test(part)) return false;
  const kinds = Array.from(part, (character) => (/\d/.test(character) ? 0 : /[A-Z]/.test(character) ? 1 : 2));
  return kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length >= part.length / 3;
}
