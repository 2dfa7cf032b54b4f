import { describe, expect, it } from "vitest";
import { evaluateText } from "../support/evaluate-text.ts";

/** Ways to read and cut a clock, and how widely what is left of it is shared. */
const python: readonly (readonly [expression: string, scope: string])[] = [
  ["str(datetime.datetime.now()).split()[0]", "day"],
  ["datetime.datetime.now().isocalendar().week", "day"],
  ["time.localtime().tm_year", "day"],
  ["time.gmtime().tm_min", "request"],
  ["datetime.now()", "request"],
  ["datetime.utcnow()", "request"],
  ["datetime.now(timezone.utc)", "request"],
  ["datetime.datetime.now()", "request"],
  ["date.today()", "day"],
  ["datetime.date.today()", "day"],
  ["datetime.now().date()", "day"],
  ["datetime.now().isoformat()", "request"],
  ["datetime.now().isoformat()[:10]", "day"],
  ["datetime.now().isoformat()[:13]", "request"],
  ["datetime.now().isoformat().split('T')[0]", "day"],
  ["datetime.now().isoformat(timespec='hours')", "request"],
  ["datetime.now().date().isoformat()", "day"],
  ["date.today().isoformat()", "day"],
  ["date.today().strftime('%A')", "day"],
  ["datetime.now().strftime('%Y-%m-%d')", "day"],
  ["datetime.now().strftime('%B %d, %Y')", "day"],
  ["datetime.now().strftime('%A, %d %b %Y')", "day"],
  ["datetime.now().strftime('%Y-%m')", "day"],
  ["datetime.now().strftime('%F')", "day"],
  ["datetime.now().strftime('%j')", "day"],
  ["datetime.now().strftime('%Y-%m-%d %H:%M')", "request"],
  ["datetime.now().strftime('%H')", "request"],
  ["datetime.now().strftime('%c')", "request"],
  ["datetime.now().strftime('%I %p')", "request"],
  ["f'{datetime.now():%Y-%m-%d}'", "day"],
  ["f'{datetime.now():%H:%M}'", "request"],
  ["'{:%Y-%m-%d}'.format(datetime.now())", "day"],
  ["format(datetime.now(), '%Y-%m-%d')", "day"],
  ["str(datetime.now())[:10]", "day"],
  ["str(datetime.now().date())", "day"],
  ["str(date.today())", "day"],
  ["datetime.now().year", "day"],
  ["datetime.now().month", "day"],
  ["datetime.now().day", "day"],
  ["datetime.now().hour", "request"],
  ["datetime.now().minute", "request"],
  ["datetime.now().weekday()", "day"],
  ["datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)", "day"],
  ["datetime.now().replace(minute=0, second=0)", "request"],
  ["datetime.now().timestamp()", "request"],
  ["datetime.today().strftime('%d/%m/%Y')", "day"],
  ["(datetime.now() - timedelta(days=1)).strftime('%Y-%m-%d')", "day"],
  ["date.today() - timedelta(days=7)", "day"],
  ["datetime.combine(date.today(), datetime.min.time())", "day"],
  ["time.time()", "request"],
  ["int(time.time())", "request"],
  [`f"{time.time():.0f}"`, "request"],
  ["int(time.time()) // 86400", "day"],
  ["int(time.time() // 86400)", "day"],
  ["int(time.time() / 86400)", "day"],
  ["time.time() // 3600", "request"],
  ["time.strftime('%Y-%m-%d')", "day"],
  ["time.strftime('%H:%M')", "request"],
  ["time.strftime('%Y-%m-%d', time.localtime())", "day"],
  ["time.ctime()", "request"],
  ["time.monotonic()", "request"],
  ["timezone_now()", "request"],
  ["pd.Timestamp.now()", "request"],
  ["pendulum.now().to_date_string()", "day"],
  ["pendulum.now().format('YYYY-MM-DD')", "day"],
  ["arrow.utcnow().format('YYYY-MM-DD')", "day"],
  ["pendulum.now().add(days=1).format('YYYY-MM-DD')", "day"],
  ["arrow.utcnow().shift(hours=1).format('HH:mm')", "request"],
  ["datetime(2024, 1, 1).isoformat()", "static"],
  ["datetime.fromisoformat('2024-01-01')", "static"],
];

const pythonImports = `
from datetime import datetime, date, timezone, timedelta
import datetime as dt
import time
import pandas as pd
import pendulum
import arrow
from django.utils.timezone import now as timezone_now
`;

const javascript: readonly (readonly [expression: string, scope: string])[] = [
  ["new Date()", "request"],
  ["Date.now()", "request"],
  ["Date()", "request"],
  ["performance.now()", "request"],
  ["new Date().toISOString()", "request"],
  ["new Date().toISOString().slice(0, 10)", "day"],
  ["new Date().toISOString().slice(0, 13)", "request"],
  ["new Date().toISOString().slice(0, -14)", "day"],
  ["new Date().toISOString().substring(0, 10)", "day"],
  ["new Date().toISOString().substr(0, 10)", "day"],
  ["new Date().toISOString().split('T')[0]", "day"],
  ["new Date().toISOString().split('T').at(0)", "day"],
  ["new Date().toISOString().split('T')[1]", "request"],
  ["new Date().toISOString().replace(/T.*/, '')", "day"],
  ["new Date().toDateString()", "day"],
  ["new Date().toString()", "request"],
  ["new Date().toLocaleString()", "request"],
  ["new Date().toLocaleTimeString()", "request"],
  ["new Date().toLocaleDateString('en-US')", "day"],
  ["new Date().toLocaleDateString('en-US', { weekday: 'long', day: 'numeric' })", "day"],
  ["new Date().toLocaleDateString('en-US', { hour: 'numeric' })", "request"],
  ["new Date().toLocaleString('en-US', { dateStyle: 'full' })", "day"],
  ["new Date().toLocaleString('en-US', { month: 'long', year: 'numeric' })", "day"],
  ["new Date().getFullYear()", "day"],
  ["new Date().getDate()", "day"],
  ["new Date().getHours()", "request"],
  ["new Date().getTime()", "request"],
  ["+new Date()", "request"],
  ["new Date(Date.now()).toISOString()", "request"],
  ["new Date(Date.now() - 86400000).toISOString().slice(0, 10)", "day"],
  ["Math.floor(Date.now() / 86400000)", "day"],
  ["Math.floor(Date.now() / 1000)", "request"],
  ["Math.floor(Date.now() / (24 * 60 * 60 * 1000))", "day"],
  ["format(new Date(), 'yyyy-MM-dd')", "day"],
  ["format(new Date(), 'yyyy-MM-dd HH:mm')", "request"],
  ["format(new Date(), 'PPPP')", "day"],
  ["formatISO(new Date(), { representation: 'date' })", "day"],
  ["startOfDay(new Date())", "day"],
  ["format(startOfDay(new Date()), 'yyyy-MM-dd HH:mm')", "day"],
  ["dayjs().format('YYYY-MM-DD')", "day"],
  ["dayjs().format('YYYY-MM-DD HH:mm:ss')", "request"],
  ["dayjs().format()", "request"],
  ["dayjs().startOf('day').toISOString()", "day"],
  ["moment().format('MMMM Do, YYYY')", "day"],
  ["moment().format('LL')", "day"],
  ["moment().format('LT')", "request"],
  ["DateTime.now().toISODate()", "day"],
  ["DateTime.now().toISO()", "request"],
  ["DateTime.now().toFormat('yyyy-LL-dd')", "day"],
  ["Temporal.Now.plainDateISO().toString()", "day"],
  ["Temporal.Now.instant().toString()", "request"],
  ["new Intl.DateTimeFormat('en-US', { dateStyle: 'long' }).format(new Date())", "day"],
  ["new Intl.DateTimeFormat('en-US', { timeStyle: 'short' }).format(new Date())", "request"],
  ["new Intl.DateTimeFormat('en-US').format(new Date())", "day"],
  ["new Intl.DateTimeFormat('en-US').format()", "day"],
  ["(() => { const d = new Date(); d.setHours(0, 0, 0, 0); return d.toISOString(); })()", "day"],
  ["(() => { const d = new Date(); d.setUTCHours(23, 59, 59, 999); return d.getTime(); })()", "day"],
  ["(() => { const d = new Date(); d.setMinutes(0, 0, 0); return d.toISOString(); })()", "request"],
  ["(() => { const d = new Date(); d.setHours(0); return d.toISOString(); })()", "request"],
  ["dayjs().add(1, 'day').locale('de').format('dddd, D. MMMM')", "day"],
  ["dayjs().subtract(1, 'hour').format('HH:mm')", "request"],
  ["dayjs().endOf('week').format()", "day"],
  ["dayjs(new Date()).format('YYYY-MM-DD')", "day"],
  ["dayjs().hour()", "request"],
  ["moment.utc().add(2, 'days').format('YYYY-MM-DD')", "day"],
  ["moment('2024-01-01').fromNow()", "request"],
  ["DateTime.local().setLocale('fr').toFormat('cccc d LLLL yyyy')", "day"],
  ["DateTime.local().toFormat('ccc HH:mm')", "request"],
  ["DateTime.utc().plus({ days: 1 }).toISODate()", "day"],
  ["DateTime.utc().toLocaleString(DateTime.DATE_FULL)", "day"],
  ["DateTime.utc().toLocaleString(DateTime.DATETIME_MED)", "request"],
  ["format(addDays(new Date(), 1), 'EEEE')", "day"],
  ["format(subHours(new Date(), 1), 'pp')", "request"],
  ["formatInTimeZone(new Date(), 'UTC', 'yyyy-MM-dd')", "day"],
  ["formatInTimeZone(new Date(), 'UTC', 'HH:mm')", "request"],
  ["formatDistanceToNow(new Date(2024, 0, 1))", "request"],
  ["getHours(new Date())", "request"],
  ["new Intl.DateTimeFormat('en', { hour: 'numeric' }).formatToParts(new Date())", "request"],
  ["new Date('2024-01-01').toISOString()", "static"],
  ["new Date(2024, 0, 1).toISOString()", "static"],
];

const javascriptImports = `
import { addDays, format, formatDistanceToNow, formatISO, getHours, startOfDay, subHours } from "date-fns";
import { formatInTimeZone } from "date-fns-tz";
import dayjs from "dayjs";
import moment from "moment";
import { DateTime } from "luxon";
`;

describe("clocks", () => {
  it.each(python)("%s is %s (Python)", (expression, scope) => {
    const source = expression.replace(/datetime\.(datetime|date)\./, "dt.$1.");
    const code = `${pythonImports}\ndef build():\n    return ${source}\n`;
    expect(scopesOf(evaluateText("main.py", code).values)).toEqual([scope]);
  });

  it.each(javascript)("%s is %s (TypeScript)", (expression, scope) => {
    const code = `${javascriptImports}\nexport const build = () => ${expression};\n`;
    expect(scopesOf(evaluateText("main.ts", code).values)).toEqual([scope]);
  });
});

/** The scope in `<scope>` or `"<scope>"`. */
function scopesOf(values: readonly string[]): string[] {
  return values.map((value) => /^"?<(\w+)\??>"?$/.exec(value)?.[1] ?? value);
}
