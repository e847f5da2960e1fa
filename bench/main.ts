/** `npm run bench`: the library's figures, as a table. */
import { bundles } from './bundles';
import { resourceCounts } from './resource-counts';
import { synthTime } from './synth-time';

// The template validator costs the same with and without the library.
process.env.CDK_VALIDATION = 'false';

const rows = [...resourceCounts(), ...bundles(), ...synthTime()];
const width = Math.max(...rows.map(([what]) => what.length));
rows.forEach(([what, figure]) => console.log(`${what.padEnd(width)}  ${figure}`));
