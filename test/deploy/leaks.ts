import type { Loopback } from '../../local/loopback';

/** What somebody can read who may not read the secret itself. */
export interface Readable {
  readonly where: string;
  readonly what: unknown;
}

/** What stacks show now; they forget what they had before. */
export function stacksOf({ cloudformation }: Loopback): Readable[] {
  return cloudformation.shown().map((what) => ({ where: 'a stack', what }));
}

/** What state machines and logs have shown so far. */
export function recordsOf({ states, logs }: Loopback): Readable[] {
  return [
    ...states.executions.map(({ options, output, error, cause, history }) => (
      { where: 'an execution', what: [options.input, output, error, cause, history.events] })),
    ...logs.lines().map(({ message }) => ({ where: 'the log', what: message })),
  ];
}

/** Every credential that the simulators have handed out. */
export function secretsOf({ appstream, gameliftstreams, nimblestudio }: Loopback): string[] {
  return [appstream, gameliftstreams, nimblestudio].flatMap((simulator) => [...simulator.secrets()]);
}

/** Where secrets stand that have no business there, in whatever form; without telling them once more. */
export function leaksOf(secrets: readonly string[], readables: readonly Readable[]): string[] {
  const forms = secrets.flatMap(formsOf);
  // Many secrets look the same in most forms, and a stack shows much the same after each deployment.
  const patterns = [...new Set(forms.map(({ pattern }) => pattern))];
  const places = new Map<string, Set<string>>();
  readables.forEach(({ where, what }) => places.set(where, new Set([...places.get(where) ?? [], ...textsIn(what)])));
  return [...places].flatMap(([where, texts]) => [...texts].filter((text) => patterns.some((pattern) => text.includes(pattern)))
    .flatMap((text) => forms.filter(({ pattern }) => text.includes(pattern)).map(({ name }) => `a secret is in ${where}, ${name}`)));
}

/** How a secret looks in a text that somebody has put it into. */
function formsOf(secret: string): { readonly name: string; readonly pattern: string }[] {
  return [
    { name: 'plain', pattern: secret },
    { name: 'URL-encoded', pattern: encodeURIComponent(secret) },
    { name: 'JSON-escaped', pattern: JSON.stringify(secret).slice(1, -1) },
    ...[0, 1, 2].flatMap((offset) => (['base64', 'base64url'] as const).map((encoding) => (
      { name: encoding, pattern: amidst(secret, offset, encoding) }))),
  ];
}

/** What of the encoded secret is the same whatever stands before and after it: base64 takes three bytes at a time. */
function amidst(secret: string, offset: number, encoding: 'base64' | 'base64url'): string {
  const whole = Buffer.from(secret).subarray((3 - offset) % 3);
  return whole.subarray(0, whole.length - whole.length % 3).toString(encoding);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
