/** Values as people read them: the leaves of an object by their paths, readings by their names. */

const NAMES = ['label', 'name', 'key', 'field', 'type', 'sensor_id'];

/** @returns {{name: string, text: string}[]} */
export function leaves(value, path = '') {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [{ name: path, text: String(value) }];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
}

/** Every reading of every list, with its unit. */
export function readingsOf(lists) {
  return Object.values(lists ?? {}).flatMap((list) =>
    list.map((reading) => {
      const name = NAMES.map((key) => reading[key]).find((given) => given !== undefined && given !== null && given !== '');
      const value = typeof reading.value === 'object' ? JSON.stringify(reading.value) : String(reading.value ?? '–');
      const unit = reading.units ?? reading.unit ?? '';
      return { name: String(name ?? 'reading'), text: unit ? `${value} ${unit}` : value };
    }));
}

/** How long ago, in the shortest words. */
export function age(ms) {
  if (!(ms >= 1_000)) return 'now';
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / 86_400)} d`;
}

/** The value at a share of the way through `numbers`; undefined of none. */
export function percentile(numbers, share) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
