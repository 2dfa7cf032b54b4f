const written = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/**
 * Takes `YYYY`, `YYYY-MM` or `YYYY-MM-DD` and returns the first day it can stand for, undefined for anything else: a
 * figure of "2026" may be as old as January.
 */
export function earliestDay(date: string): Date | undefined {
  const [, year, month = "01", day = "01"] = written.exec(date) ?? [];
  if (year === undefined) return undefined;
  const earliest = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // Months of 30 days roll a 31st over to the next month instead of refusing it.
  return earliest.getUTCDate() === Number(day) ? earliest : undefined;
}
