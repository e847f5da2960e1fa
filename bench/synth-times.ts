import { join } from 'path';
import { lineChart } from './chart';
import { atMost, type Figure, type Section } from './figure';
import { growthExponent } from './growth';
import { inTurn } from './in-turn';
import { median, milliseconds, type Measurement } from './measurement';
import { AUTHORS, ROLES, SIZES, type Author, type Role } from './synth/variant';

/** How often new processes are begun: one of them may have had better luck with its memory than another. */
const ROUNDS = 3;
/** How often each size is measured in a round. */
const TURNS = 5;

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
/** One turn: how long each author took for the same size within the same seconds. */
type Turn = Record<Author, Measurement>;
/** All turns of each size. */
type Turns = Readonly<Record<number, readonly Turn[]>>;

const AUTHOR_NAMES: Record<Author, string> = { l1: 'L1s', thinnest: 'thinnest L2s', library: 'this library' };

/** How long the synthesis of N pairs of a fleet and a stack takes, beside the same as L1s and as the thinnest L2s. */
export async function synthTimes(compiled: string): Promise<Section[]> {
  const sections: Section[] = [];
  for (const setting of SETTINGS) {
    const turns = await measure(compiled, setting);
    const title = `Synthesis: ${ROLE_NAMES[setting.role]}, validation ${setting.isValidated ? 'on' : 'off'}`;
    sections.push({
      title,
      notes: [
        'Processor time of making the constructs and of `app.synth()`, a hundred pairs in a CloudFormation stack. The three are measured in turn, by '
        + `${ROUNDS} times three warmed-up processes in ${TURNS} turns each. Times are the medians, and ratios the medians of the ratios of the same `
        + 'turn. All three write the same template but for names and logical ids. The *thinnest L2s* are a `cdk.Resource` with a generated name '
        + 'around each L1, without any check.',
        ...ROLE_NOTES[setting.role],
      ],
      figures: figuresOf(turns),
      charts: {
        [`synthesis-role-${setting.role}-${setting.isValidated ? 'validated' : 'unvalidated'}.svg`]: lineChart(title, 'ms', AUTHORS.map((author) => ({
          label: AUTHOR_NAMES[author], points: SIZES.map((size) => [size, typical(turns, author, size).cpu]),
        }))),
      },
    });
  }
  return sections;
}

async function measure(compiled: string, { role, isValidated }: Setting): Promise<Turns> {
  const environment: Record<string, string> = isValidated ? {} : { CDK_VALIDATION: 'false' };
  const workers = AUTHORS.map((author) => [join(compiled, 'bench', 'synth', 'worker.js'), author, role]);
  const sizes = Array.from({ length: TURNS }, () => SIZES).flat();
  const turns: Record<number, Turn[]> = Object.fromEntries(SIZES.map((size) => [size, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, [l1, thinnest, library]] of (await inTurn(workers, sizes, environment)).entries()) {
      turns[sizes[index]].push({ l1, thinnest, library });
    }
  }
  return turns;
}

function typical(turns: Turns, author: Author, size: number): Measurement {
  const all = turns[size].map((turn) => turn[author]);
  return { cpu: median(all.map(({ cpu }) => cpu)), wall: median(all.map(({ wall }) => wall)) };
}

function figuresOf(turns: Turns): Figure[] {
  const [beforeLast, last] = SIZES.slice(-2);
  const ratio = (author: Author, to: Author) => median(turns[last].map((turn) => turn[author].cpu / turn[to].cpu));
  const exponent = (author: Author) =>
    growthExponent([beforeLast, typical(turns, author, beforeLast).cpu], [last, typical(turns, author, last).cpu]);
  return [
    ...SIZES.flatMap((size) => AUTHORS.map((author): Figure => ({
      what: `${size} ${size === 1 ? 'pair' : 'pairs'}: ${AUTHOR_NAMES[author]}`, figure: milliseconds(typical(turns, author, size)),
    }))),
    { what: `this library / L1s at ${last}`, figure: ratio('library', 'l1').toFixed(2), goal: atMost(ratio('library', 'l1'), 1.4) },
    { what: `thinnest L2s / L1s at ${last}`, figure: ratio('thinnest', 'l1').toFixed(2) },
    { what: `this library / thinnest L2s at ${last}`, figure: ratio('library', 'thinnest').toFixed(2), goal: atMost(ratio('library', 'thinnest'), 1.1) },
    { what: `growth exponent from ${beforeLast} to ${last}: this library`, figure: exponent('library').toFixed(2), goal: atMost(exponent('library'), 1.05) },
    { what: `growth exponent from ${beforeLast} to ${last}: L1s`, figure: exponent('l1').toFixed(2) },
  ];
}
