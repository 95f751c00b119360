/** Times as people say them, in the reader's own language. */

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const fullDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const days = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

export const time = (iso) => clock.format(new Date(iso));

export const dayKey = (iso) => new Date(iso).toDateString();

/** For a line in the list: the clock today, then the weekday, then the date. */
export function shortWhen(iso) {
  const age = daysAgo(iso);
  if (age === 0) return time(iso);
  return age < 7 ? weekday.format(new Date(iso)) : date.format(new Date(iso));
}

/** For a heading between messages. */
export function day(iso) {
  const age = daysAgo(iso);
  if (age > 1) return age < 7 ? weekday.format(new Date(iso)) : fullDate.format(new Date(iso));
  const word = days.format(-age, 'day');
  return word[0].toUpperCase() + word.slice(1);
}

function daysAgo(iso) {
  const midnight = (when) => new Date(when).setHours(0, 0, 0, 0);
  return Math.round((midnight(Date.now()) - midnight(iso)) / 86_400_000);
}
