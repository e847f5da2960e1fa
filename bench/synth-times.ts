import { join } from 'path';
import { lineChart } from './chart';
import { atMost, type Figure, type Section } from './figure';
import { growthExponent } from './growth';
import { best, inNewProcess, milliseconds } from './measurement';
import { AUTHORS, ROLES, SIZES, type Author, type Role, type Times } from './synth/variant';

/** The best of several counts, since what else the machine does can only add. */
const ROUNDS = 3;

/** What is synthesized, and whether the templates are then validated, as aws-cdk-lib does unless told otherwise. */
interface Setting {
  readonly role: Role;
  readonly isValidated: boolean;
}

const SETTINGS: readonly Setting[] = [
  ...ROLES.map((role) => ({ role, isValidated: false })),
  { role: 'given', isValidated: true },
];

const ROLE_NAMES: Record<Role, string> = {
  given: 'N fleets with their stacks, role given',
  made: 'N fleets with their stacks, a role made for each',
};
const ROLE_NOTES: Record<Role, string[]> = {
  given: [],
  made: ['The role is an `iam.Role` of aws-cdk-lib, of the thinnest L2s too, and an `iam.CfnRole` beside the L1s: what aws-cdk-lib\'s own L2 costs is in the figures.'],
};
const AUTHOR_NAMES: Record<Author, string> = { l1: 'L1s', thinnest: 'thinnest L2s', library: 'this library' };

/** How long the synthesis of N pairs of a fleet and a stack takes, beside the same as L1s and as the thinnest L2s. */
export function synthTimes(compiled: string): Section[] {
  return SETTINGS.map((setting) => {
    const times = measure(compiled, setting);
    const title = `Synthesis: ${ROLE_NAMES[setting.role]}, validation ${setting.isValidated ? 'on' : 'off'}`;
    return {
      title,
      notes: [
        `Processor time of making the constructs and of \`app.synth()\`, a hundred pairs in a CloudFormation stack; the best of ${ROUNDS} new, `
        + 'warmed-up processes for each column. All three write the same template but for names and logical ids. The *thinnest L2s* are a '
        + '`cdk.Resource` with a generated name around each L1, without any check.',
        ...ROLE_NOTES[setting.role],
      ],
      figures: figuresOf(times),
      charts: {
        [`synthesis-role-${setting.role}-${setting.isValidated ? 'validated' : 'unvalidated'}.svg`]: lineChart(title, 'ms', AUTHORS.map((author) => ({
          label: AUTHOR_NAMES[author], points: SIZES.map((size) => [size, times[author][size].cpu]),
        }))),
      },
    };
  });
}

function measure(compiled: string, { role, isValidated }: Setting): Record<Author, Times> {
  const environment: Record<string, string> = isValidated ? {} : { CDK_VALIDATION: 'false' };
  const rounds = Array.from({ length: ROUNDS }, () => AUTHORS.map((author) =>
    inNewProcess<Times>([join(compiled, 'bench', 'synth', 'worker.js'), author, role], environment)));
  const of = (column: number): Times => rounds.map((round) => round[column]).reduce((a, b) =>
    Object.fromEntries(SIZES.map((size) => [size, best(a[size], b[size])])));
  return { l1: of(0), thinnest: of(1), library: of(2) };
}

function figuresOf(times: Record<Author, Times>): Figure[] {
  const [beforeLast, last] = SIZES.slice(-2);
  const ratio = (author: Author, to: Author) => times[author][last].cpu / times[to][last].cpu;
  const exponent = (author: Author) => growthExponent([beforeLast, times[author][beforeLast].cpu], [last, times[author][last].cpu]);
  return [
    ...SIZES.flatMap((size) => AUTHORS.map((author): Figure => ({
      what: `${size} ${size === 1 ? 'pair' : 'pairs'}: ${AUTHOR_NAMES[author]}`, figure: milliseconds(times[author][size]),
    }))),
    { what: `this library / L1s at ${last}`, figure: ratio('library', 'l1').toFixed(2), goal: atMost(ratio('library', 'l1'), 1.4) },
    { what: `thinnest L2s / L1s at ${last}`, figure: ratio('thinnest', 'l1').toFixed(2) },
    { what: `this library / thinnest L2s at ${last}`, figure: ratio('library', 'thinnest').toFixed(2), goal: atMost(ratio('library', 'thinnest'), 1.1) },
    { what: `growth exponent from ${beforeLast} to ${last}: this library`, figure: exponent('library').toFixed(2), goal: atMost(exponent('library'), 1.05) },
    { what: `growth exponent from ${beforeLast} to ${last}: L1s`, figure: exponent('l1').toFixed(2) },
  ];
}
