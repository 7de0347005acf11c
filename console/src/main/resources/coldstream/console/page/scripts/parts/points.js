const MOST = 1200;

/** Two series of points as one: what is newer than all that is known is appended. Old points are thinned where it grows long. */
export function append(known = [], news = []) {
  const last = known.at(-1)?.time ?? '';
  const all = known.concat(news.filter(point => Date.parse(point.time) > (last === '' ? -Infinity : Date.parse(last))));
  if (all.length <= MOST) {
    return all;
  }
  const old = all.length >> 1;
  return all.filter((_, index) => index >= old || index % 2 === 0);
}

/** The same for named series. */
export function appendEach(known = {}, news = {}) {
  const all = { ...known };
  for (const [name, points] of Object.entries(news)) {
    all[name] = append(known[name], points);
  }
  return all;
}

/** Points of the API as points of a chart: time in milliseconds, one of the numbers as the value, null where it is not known. */
export const chartPoints = (points, name, low = null, high = null) =>
  points.map(point => ({
    time: Date.parse(point.time),
    value: point[name] ?? null,
    low: low === null ? null : point[low] ?? null,
    high: high === null ? null : point[high] ?? null,
  }));

/** The newest point that knows this number. */
export const newest = (points, name) => (points ?? []).findLast(point => point[name] !== undefined && point[name] !== null);
