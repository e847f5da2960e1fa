import * as cdk from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkCount, fail } from '../../private/errors';

/** All of them have to fit into the environment of a function, which takes 4 KB. */
const MOST_HOLIDAYS = 100;

/** Fails for what is no date, and for dates that are given twice. Dates on days without hours do no harm: whole calendars may be given. */
export function checkHolidays(scope: Construct, holidays: string[]): void {
  if (cdk.Token.isUnresolved(holidays)) return;
  checkCount(scope, 'holidays', holidays, { min: 0, max: MOST_HOLIDAYS });
  const dates = holidays.filter((date) => !cdk.Token.isUnresolved(date));
  const wrong = dates.find((date) => !isDate(date));
  if (wrong !== undefined) {
    fail(scope, `holidays must be dates such as "2026-12-25", got ${JSON.stringify(wrong)}`);
  }
  const twice = dates.find((date, index) => dates.indexOf(date) < index);
  if (twice !== undefined) {
    fail(scope, `holidays must have each date once, got ${JSON.stringify(twice)} twice`);
  }
}

/** A day that there is not, e.g. the 30th of February, is read as another. */
function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
