/**
 * Moves labels apart: positions at least a gap from each other, within low and high, as near to where they should be as
 * walking down and then up can bring them. Keeps the order of the wanted positions.
 */
export function spread(wanted, gap, low, high) {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a] - wanted[b]);
  const placed = [...wanted];
  let floor = low;
  for (const index of order) {
    placed[index] = Math.max(placed[index], floor);
    floor = placed[index] + gap;
  }
  let ceiling = high;
  for (const index of order.reverse()) {
    placed[index] = Math.min(placed[index], ceiling);
    ceiling = placed[index] - gap;
  }
  return placed;
}

/** The index of the point nearest in time, or -1 where there is none. Points are in order of time. */
export function nearest(points, time) {
  if (points.length === 0) {
    return -1;
  }
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle].time < time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low > 0 && time - points[low - 1].time < points[low].time - time ? low - 1 : low;
}
