/** Whether `text` matches IAM's wildcards: `*` for any run of characters, `?` for one. */
export function matches(pattern: string, text: string): boolean {
  return regularExpression(pattern).test(text);
}

/** Action names are compared without regard to case. */
export function matchesAction(pattern: string, action: string): boolean {
  return matches(pattern.toLowerCase(), action.toLowerCase());
}

/** Whether the pattern of a Resource element covers an ARN, or the lone `*` of an action that takes no resource. */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') {
    return true;
  }
  const parts = segments(pattern);
  const actual = segments(arn);
  return arn !== '*' && parts.every((part, index) => matches(part, actual[index]));
}

/** Whether there can be an ARN that both patterns cover. */
export function overlapArns(one: string, other: string): boolean {
  if (one === '*' || other === '*') {
    return true;
  }
  const others = segments(other);
  return segments(one).every((part, index) => overlap(part, others[index]));
}

const expressions = new Map<string, RegExp>();

function regularExpression(pattern: string): RegExp {
  let expression = expressions.get(pattern);
  if (!expression) {
    const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
    expression = new RegExp(`^${source}$`, 's');
    expressions.set(pattern, expression);
  }
  return expression;
}

/**
 * The six fields of an ARN: a wildcard does not reach over a colon, except in the last field.
 * IAM fills the fields that an incomplete ARN lacks with `*`.
 */
function segments(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length > 6 ? [...parts.slice(0, 5), parts.slice(5).join(':')] : [...parts, ...Array<string>(6 - parts.length).fill('*')];
}

function overlap(one: string, other: string): boolean {
  if (one === '' && other === '') {
    return true;
  }
  if (one.startsWith('*')) {
    return overlap(one.slice(1), other) || (other !== '' && overlap(one, other.slice(1)));
  }
  if (other.startsWith('*')) {
    return overlap(other, one);
  }
  if (one === '' || other === '') {
    return false;
  }
  const same = one[0] === other[0] || one[0] === '?' || other[0] === '?';
  return same && overlap(one.slice(1), other.slice(1));
}
