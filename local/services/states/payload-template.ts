import { evaluate } from './intrinsic';
import type { Json, Scope } from './reference-path';

/** Fills a template (Parameters, ResultSelector): a field whose name ends in `.$` takes the value of its expression. */
export function render(template: Json, scope: Scope): Json {
  if (Array.isArray(template)) {
    return template.map((element) => render(element, scope));
  }
  if (typeof template !== 'object' || template === null) {
    return template;
  }
  return Object.fromEntries(Object.entries(template).map(([key, value]) =>
    (key.endsWith('.$') ? [key.slice(0, -2), evaluate(value as string, scope)] : [key, render(value, scope)])));
}
