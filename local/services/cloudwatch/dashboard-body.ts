import { AwsError, NotImitated } from '../../wire/aws-error';

type Json = { readonly [name: string]: unknown };

const ALARM_ARN = /^arn:aws[a-z-]*:cloudwatch:[^:]+:\d{12}:alarm:.+$/;

/**
 * Documented throughout, in "Dashboard Body Structure and Syntax" of CloudWatch. AWS takes some unknown members with a warning
 * that nobody sees in a deployment; here they are refused.
 */
export function checkDashboardBody(source: string): void {
  const body = parsed(source);
  only(body, '/', ['widgets', 'variables', 'start', 'end', 'periodOverride']);
  if (body.variables !== undefined) {
    throw new NotImitated('variables of a dashboard');
  }
  must(body.end === undefined || body.start !== undefined, '/end needs a start');
  oneOf(body.periodOverride, '/periodOverride', ['auto', 'inherit']);
  const widgets = list(body.widgets, '/widgets', 500);
  widgets.forEach((widget, index) => checkWidget(object(widget, `/widgets/${index}`), `/widgets/${index}`));
}

function checkWidget(widget: Json, path: string): void {
  only(widget, path, ['type', 'x', 'y', 'width', 'height', 'properties']);
  must((widget.x === undefined) === (widget.y === undefined), `${path} must have both x and y, or neither`);
  integer(widget.x, `${path}/x`, 0, 23);
  integer(widget.y, `${path}/y`, 0);
  integer(widget.width, `${path}/width`, 1, 24);
  integer(widget.height, `${path}/height`, 1, 1000);
  const check = WIDGETS.get(String(widget.type));
  if (!check) {
    throw new NotImitated(`${path}: a widget of type ${JSON.stringify(widget.type)}`);
  }
  check(object(widget.properties, `${path}/properties`), `${path}/properties`);
}

const WIDGETS: ReadonlyMap<string, (properties: Json, path: string) => void> = new Map([
  ['text', (properties: Json, path: string) => {
    only(properties, path, ['markdown', 'background']);
    text(properties.markdown, `${path}/markdown`);
    oneOf(properties.background, `${path}/background`, ['transparent', 'solid']);
  }],
  ['alarm', (properties: Json, path: string) => {
    only(properties, path, ['alarms', 'sortBy', 'states', 'title']);
    const alarms = list(properties.alarms, `${path}/alarms`, 100);
    must(alarms.length > 0, `${path}/alarms must have at least one ARN`);
    alarms.forEach((arn, index) => must(ALARM_ARN.test(String(arn)), `${path}/alarms/${index} must be the ARN of an alarm`));
    oneOf(properties.sortBy, `${path}/sortBy`, ['default', 'stateUpdatedTimestamp', 'timestamp']);
  }],
  ['metric', checkMetricWidget],
]);

function checkMetricWidget(properties: Json, path: string): void {
  only(properties, path, [
    'accountId', 'annotations', 'legend', 'liveData', 'metrics', 'period', 'region', 'sparkline', 'stacked', 'stat', 'table', 'timezone', 'title', 'view', 'yAxis',
  ]);
  text(properties.region, `${path}/region`);
  must(properties.metrics !== undefined || properties.annotations !== undefined, `${path} must have metrics or annotations`);
  oneOf(properties.view, `${path}/view`, ['timeSeries', 'singleValue', 'gauge', 'bar', 'pie', 'table']);
  checkPeriod(properties.period, `${path}/period`);
  for (const [side, axis] of Object.entries(properties.yAxis === undefined ? {} : object(properties.yAxis, `${path}/yAxis`))) {
    must(['left', 'right'].includes(side), `${path}/yAxis/${side} is unknown`);
    only(object(axis, `${path}/yAxis/${side}`), `${path}/yAxis/${side}`, ['label', 'max', 'min', 'showUnits']);
  }
  list(properties.metrics ?? [], `${path}/metrics`, 500).forEach((metric, index) => checkMetric(metric, `${path}/metrics/${index}`, index === 0));
}

/** `[namespace, name, dimension, value, …, rendering]`, or `[expression]`. */
function checkMetric(metric: unknown, path: string, first: boolean): void {
  const parts = list(metric, path, 2 + 2 * 30 + 1);
  const last = parts[parts.length - 1];
  const names = typeof last === 'string' ? parts : parts.slice(0, -1);
  const rendering = typeof last === 'string' ? {} : object(last, `${path}/${parts.length - 1}`);
  only(rendering, `${path}/${parts.length - 1}`, ['accountId', 'color', 'expression', 'id', 'label', 'period', 'region', 'stat', 'visible', 'yAxis']);
  checkPeriod(rendering.period, `${path}/period`);
  must(rendering.id === undefined || /^[a-z]\w*$/.test(String(rendering.id)), `${path}/id must start with a lower-case letter`);
  if (rendering.expression !== undefined) {
    must(names.length === 0, `${path} must be a metric or an expression, not both`);
    return;
  }
  must(names.length >= 2 && names.length % 2 === 0, `${path} must have a namespace, a name, and a value for each dimension`);
  names.forEach((name, index) => {
    text(name, `${path}/${index}`);
    must(name !== '' && !(first && name === '.'), `${path}/${index} must be a name`);
  });
}

function checkPeriod(period: unknown, path: string): void {
  integer(period, path, 60);
  must(period === undefined || Number(period) % 60 === 0, `${path} must be a multiple of 60`);
}

function parsed(source: string): Json {
  try {
    return object(JSON.parse(source), '/');
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new AwsError('InvalidParameterInput', 'The field DashboardBody must be a valid JSON object');
    }
    throw error;
  }
}

function must(holds: boolean, sentence: string): void {
  if (!holds) {
    throw new AwsError('InvalidParameterInput', `The dashboard body is invalid: ${sentence}`);
  }
}

function only(value: Json, path: string, names: readonly string[]): void {
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  must(unknown === undefined, `${path} has an unknown member ${JSON.stringify(unknown)}`);
}

function oneOf(value: unknown, path: string, allowed: readonly string[]): void {
  must(value === undefined || allowed.includes(String(value)), `${path} must be one of ${allowed.join(', ')}`);
}

function text(value: unknown, path: string): void {
  must(typeof value === 'string', `${path} must be a text`);
}

function integer(value: unknown, path: string, min: number, max = Infinity): void {
  must(value === undefined || Number.isInteger(value) && Number(value) >= min && Number(value) <= max, `${path} must be a whole number from ${min} to ${max}`);
}

function list(value: unknown, path: string, max: number): readonly unknown[] {
  must(Array.isArray(value) && value.length <= max, `${path} must be a list of at most ${max}`);
  return value as readonly unknown[];
}

function object(value: unknown, path: string): Json {
  must(typeof value === 'object' && value !== null && !Array.isArray(value), `${path} must be an object`);
  return value as Json;
}
