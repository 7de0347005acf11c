/** The strata in the order they are shown, each with its name, a colour and a dash of its own, and what it holds. */
const STRATA = [
  ['overall', 'overall', 1, null, 'every event of an item seen before'],
  ['cold', 'cold users', 2, null, 'less than three earlier events'],
  ['history_0', 'no history', 3, '7 3', 'none before this event'],
  ['history_1_2', '1 or 2 events', 4, '2 3', 'before this event'],
  ['tail', 'tail items', 5, null, 'rarely taken, against all items'],
  ['row_tail', 'tail among tail', 6, '9 3 2 3', 'rarely taken, against their like'],
  ['new_item', 'new items', 7, '5 2', 'nobody had taken them before'],
  ['warm_head', 'warm, popular', 8, null, 'three events or more, no tail item'],
];

/** How a stratum is shown; one that is not listed gets its own name and a colour by its place. */
export function stratum(name, index = 0) {
  const known = STRATA.find(([key]) => key === name);
  const [, label, colour, dash, holds] = known ?? [name, name.replaceAll('_', ' '), (index % 8) + 1, '1 3', ''];
  return { key: name, label, colour, dash, holds };
}

/** Names of strata in the order they are shown. */
export const inOrder = names => {
  const place = name => {
    const index = STRATA.findIndex(([key]) => key === name);
    return index < 0 ? STRATA.length : index;
  };
  return [...names].sort((a, b) => place(a) - place(b) || a.localeCompare(b));
};
