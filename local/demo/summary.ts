import { aligned, outcomeOf } from './picture';
import type { StepResult } from './walk';

const HEAD = ['', 'step', 'expected', 'seen', 'real', 'virtual', 'Lambda', 'service'];

/** What was done, what came of it and what it took, as a table. */
export function summaryOf(results: readonly StepResult[]): string[] {
  const rows = results.map(({ step, seen, problems }) => {
    const outcome = outcomeOf(seen.after);
    return [
      problems.length === 0 ? '✓' : '✗', step.title, step.expected, outcome === step.expected ? 'the same' : outcome,
      ...figures(seen.realSeconds, seen.virtualMinutes, seen.lambdaInvocations, seen.calls.length),
    ];
  });
  const total = (figure: (result: StepResult) => number) => results.reduce((sum, result) => sum + figure(result), 0);
  return aligned([HEAD, ...rows, [
    '', 'all of it', '', '', ...figures(
      total(({ seen }) => seen.realSeconds), total(({ seen }) => seen.virtualMinutes),
      total(({ seen }) => seen.lambdaInvocations), total(({ seen }) => seen.calls.length),
    ),
  ]]);
}

function figures(realSeconds: number, virtualMinutes: number, lambdaInvocations: number, calls: number): string[] {
  return [
    `${realSeconds.toFixed(1)} s`.padStart(6), `${virtualMinutes.toFixed(1)} min`.padStart(8),
    String(lambdaInvocations).padStart(6), String(calls).padStart(7),
  ];
}
