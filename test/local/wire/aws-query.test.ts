import { XMLParser } from 'fast-xml-parser';
import { AwsError } from '../../../local/wire/aws-error';
import { awsQuery } from '../../../local/wire/aws-query';
import type { WireRequest } from '../../../local/wire/service';

const protocol = awsQuery({ namespace: 'http://example.com/', version: '2010-05-15', lists: ['Parameters'] });

const request = (form: string): WireRequest => ({
  method: 'POST', path: '/', query: new URLSearchParams(), headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: Buffer.from(form),
});
const inputOf = (form: string) => protocol.parse(request(`Action=Do&Version=2010-05-15&${form}`)).input;

describe('a form', () => {
  test.each([
    ['scalars', 'A=1&B=true', { A: '1', B: 'true' }],
    ['an empty string', 'A=', { A: '' }],
    ['an empty list', 'Parameters=', { Parameters: [] }],
    ['a list', 'L.member.1=a&L.member.2=b', { L: ['a', 'b'] }],
    ['a list of more than nine', Array.from({ length: 11 }, (_, index) => `L.member.${index + 1}=${index}`).join('&'), { L: Array.from({ length: 11 }, (_, index) => String(index)) }],
    ['objects in a list', 'P.member.1.Key=a&P.member.1.Value=b%20c&P.member.2.Key=d', { P: [{ Key: 'a', Value: 'b c' }, { Key: 'd' }] }],
    ['an object', 'C.Mode=STANDARD', { C: { Mode: 'STANDARD' } }],
  ])('with %s', (_name, form, input) => {
    expect(inputOf(form)).toEqual(input);
  });

  test('names its operation', () => {
    expect(protocol.parse(request('Action=Do&Version=2010-05-15')).name).toBe('Do');
  });

  test.each([['Version=2010-05-15', 'MissingAction'], ['Action=Do&Version=2011-01-01', 'InvalidAction'], ['Action=Do&Version=2010-05-15&A=1&A.B=2', 'MalformedQueryString']])(
    'fails for %s', (form, code) => {
      expect(() => protocol.parse(request(form))).toThrow(expect.objectContaining({ code }));
    });
});

describe('an answer', () => {
  const answered = (output: unknown) => new XMLParser({ parseTagValue: false }).parse(String(protocol.success({ name: 'Do', input: {} }, output).body)).DoResponse.DoResult;

  test('holds scalars, times, objects and lists', () => {
    expect(answered({
      Text: 'a<b>&"c"', Number: 5, Flag: false, Absent: undefined, Time: new Date(0), Object: { A: '1' }, List: ['a', 'b'], Objects: [{ A: '1' }],
    })).toEqual({
      Text: 'a<b>&"c"', Number: '5', Flag: 'false', Time: '1970-01-01T00:00:00.000Z', Object: { A: '1' }, List: { member: ['a', 'b'] }, Objects: { member: { A: '1' } },
    });
  });

  test('leaves out what XML cannot hold', () => {
    expect(answered({ Text: '\u001b[31mred\u0000' })).toEqual({ Text: '[31mred' });
  });

  test('may be empty', () => {
    expect(answered(undefined)).toBe('');
  });

  test('tells an error', () => {
    const { status, body } = protocol.failure(new AwsError('ValidationError', 'no <such> thing'), request(''));
    expect(status).toBe(400);
    expect(new XMLParser().parse(String(body)).ErrorResponse.Error).toEqual({ Type: 'Sender', Code: 'ValidationError', Message: 'no <such> thing' });
  });
});
