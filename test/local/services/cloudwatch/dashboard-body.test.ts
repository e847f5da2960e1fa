import { checkDashboardBody } from '../../../../local/services/cloudwatch/dashboard-body';

const METRIC = ['AWS/AppStream', 'CapacityUtilization', 'Fleet', 'office'];
const graph = (properties: object) => ({ widgets: [{ type: 'metric', properties: { region: 'eu-west-1', metrics: [METRIC], ...properties } }] });
const place = (at: object) => ({ widgets: [{ type: 'text', properties: { markdown: 'x' }, ...at }] });

test.each([
  ['no widgets', { widgets: [] }],
  ['a range of time', { start: '-PT6H', periodOverride: 'inherit', widgets: [] }],
  ['a widget at the edge', place({ x: 23, y: 0, width: 24, height: 1000 })],
  ['500 widgets', { widgets: Array.from({ length: 500 }, () => place({}).widgets[0]) }],
  ['the same again', graph({ metrics: [METRIC, ['.', '.', '.', 'other', { id: 'm1', stat: 'Sum', period: 60 }]] })],
  ['an expression', graph({ metrics: [[{ expression: 'SUM(METRICS())', id: 'e1', label: 'all' }]] })],
  ['alarms', { widgets: [{ type: 'alarm', properties: { alarms: ['arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a'], title: 'x' } }] }],
])('CloudWatch takes %s', (_what, body) => {
  expect(() => checkDashboardBody(JSON.stringify(body))).not.toThrow();
});

test.each([
  ['no JSON', '{', 'The field DashboardBody must be a valid JSON object'],
  ['a list', [], '/ must be an object'],
  ['no list of widgets', {}, '/widgets must be a list of at most 500'],
  ['501 widgets', { widgets: Array.from({ length: 501 }, () => ({})) }, '/widgets must be a list of at most 500'],
  ['an unknown member', { widgets: [], title: 'x' }, '/ has an unknown member "title"'],
  ['an end without a start', { widgets: [], end: '2018-12-17T06:00:00.000Z' }, '/end needs a start'],
  ['another override', { widgets: [], periodOverride: 'never' }, '/periodOverride must be one of auto, inherit'],
  ['x alone', place({ x: 1 }), '/widgets/0 must have both x and y, or neither'],
  ['x outside', place({ x: 24, y: 0 }), '/widgets/0/x must be a whole number from 0 to 23'],
  ['too wide', place({ width: 25 }), '/widgets/0/width must be a whole number from 1 to 24'],
  ['too high', place({ height: 1001 }), '/widgets/0/height must be a whole number from 1 to 1000'],
  ['no text', { widgets: [{ type: 'text', properties: {} }] }, '/widgets/0/properties/markdown must be a text'],
  ['no properties', { widgets: [{ type: 'text' }] }, '/widgets/0/properties must be an object'],
  ['no Region', graph({ region: undefined }), '/widgets/0/properties/region must be a text'],
  ['no metrics', graph({ metrics: undefined }), '/widgets/0/properties must have metrics or annotations'],
  ['half a minute', graph({ period: 90 }), '/widgets/0/properties/period must be a multiple of 60'],
  ['another view', graph({ view: 'lines' }), '/widgets/0/properties/view must be one of timeSeries, singleValue, gauge, bar, pie, table'],
  ['an axis above', graph({ yAxis: { top: {} } }), '/widgets/0/properties/yAxis/top is unknown'],
  ['a dimension without a value', graph({ metrics: [METRIC.slice(0, 3)] }),
    '/widgets/0/properties/metrics/0 must have a namespace, a name, and a value for each dimension'],
  ['a number for a name', graph({ metrics: [[...METRIC.slice(0, 3), 5, {}]] }), '/widgets/0/properties/metrics/0/3 must be a text'],
  ['the same as nothing', graph({ metrics: [['.', ...METRIC.slice(1)]] }), '/widgets/0/properties/metrics/0/0 must be a name'],
  ['an Id in capitals', graph({ metrics: [[...METRIC, { id: 'M1' }]] }), '/widgets/0/properties/metrics/0/id must start with a lower-case letter'],
  ['a metric with an expression', graph({ metrics: [[...METRIC, { expression: 'm1' }]] }),
    '/widgets/0/properties/metrics/0 must be a metric or an expression, not both'],
  ['no alarms', { widgets: [{ type: 'alarm', properties: { alarms: [] } }] }, '/widgets/0/properties/alarms must have at least one ARN'],
  ['the name of an alarm', { widgets: [{ type: 'alarm', properties: { alarms: ['a'] } }] }, '/widgets/0/properties/alarms/0 must be the ARN of an alarm'],
])('fails for %s', (_what, body, sentence) => {
  const source = typeof body === 'string' ? body : JSON.stringify(body);
  expect(() => checkDashboardBody(source)).toThrow(sentence.startsWith('/') ? `The dashboard body is invalid: ${sentence}` : sentence);
});

test.each([
  ['variables', { widgets: [], variables: [] }, 'variables of a dashboard'],
  ['logs', { widgets: [{ type: 'log', properties: {} }] }, '/widgets/0: a widget of type "log"'],
])('fails loudly for %s, which are not imitated', (_what, body, what) => {
  expect(() => checkDashboardBody(JSON.stringify(body))).toThrow(what);
});
