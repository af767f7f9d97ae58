/** Tells lines that a program printed, or that were copied from a file, from lines that a hand typed. */

const machine: readonly RegExp[] = [
  // path/file.ext:12:3: message; File "x.py", line 3; at f (x.js:1:2)
  /^\s*(?:\.{0,2}\/)?[\w@./\\-]+\.\w{1,8}:\d+(?::\d+)?(?:[:)\s]|$)/,
  /^\s*File "[^"]+", line \d+/,
  /^\s*at .+[:(]\S*:\d+/,
  // Times, levels and prefixes of logs
  /^\s*\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d/,
  /^\s*\[?(?:ERROR|WARN|WARNING|INFO|DEBUG|FATAL|TRACE|PANIC)\b[\]:\s]/,
  /^\s*(?:error|warning|fatal|note|hint)(?:\[\w+\])?: /,
  /^\s*(?:npm (?:ERR!|error|warn)|yarn error|pnpm ERR)/i,
  // Test runners, traces, compilers, linters
  /^\s*(?:Traceback \(most|Caused by:|Exception in thread|panic: |goroutine \d+)/,
  /^\s*(?:--- (?:FAIL|PASS|SKIP)|=== (?:RUN|CONT|PAUSE)|FAIL\s|PASS$|ok\s+\S+\s+[\d.(])/,
  /^\s*(?:\w+\.)*\w*(?:Error|Exception): /,
  /^\s*\^[~^]*\s*$/,
  /^\s*\d+ (?:issues?|problems?|errors?|warnings?)\b.*:\s*$/,
  /^\s*[*-] \w[\w-]*: \d+$/,
  /^\s*make(?:\[\d+\])?: \*\*\*/,
  // Diffs, tables, rules, terminals
  /^(?:diff --git |index [0-9a-f]{6,}\.\.|@@ |\+\+\+ |--- [ab/]|commit [0-9a-f]{7,40}$)/,
  /^\s*\|.*\|\s*$/,
  /^\s*[-=_*~─═]{3,}\s*$/,
  /^\s*[⏺●⎿✻✽✓✗✔✘│┃║╭╰┌└├❌✅]/,
  // JSON and code
  /^\s*"[^"]+"\s*:\s/,
  /^\s*[\]}{[)]+[,;]?\s*$/,
  /^\s*(?:import|from|func|def|class|const|let|var|return|public|private|export|type|interface|struct|if|else|for|while|fn|async)\b.*[;{:)(]\s*$/,
  /^\s*[\w.[\]]+\s*:?=\s.*[;({]\s*$/,
  /^\s*[\w.]+\(.*\);?\s*$/,
];

const prompt = /^\s*(?:[❯➜]|\$|>>>|PS [A-Z]:\\[^>]*>|[\w.-]+@[\w.-]+[:~ ][^$#%]*[$#%])\s+\S/;

/** A line that a program printed or that is code. */
export function isMachineLine(line: string): boolean {
  // Long lines cost much and tell little.
  return machine.some((pattern) => pattern.test(line.slice(0, 300)));
}

/** A command after a shell's prompt: what follows, to the next blank line, is its output. */
export function isPromptLine(line: string): boolean {
  return prompt.test(line.slice(0, 300));
}
