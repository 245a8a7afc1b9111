export interface Point {
  x: number;
  y: number;
}

/** Its line, rounded at the bends, for the `d` of an SVG path. */
export function lineOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const last = rest.pop() ?? first;
  const bends = rest.map((bend, index) => {
    const next = rest[index + 1] ?? last;
    const to = index === rest.length - 1 ? last : { x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 };
    return `Q${bend.x} ${bend.y} ${to.x} ${to.y}`;
  });
  return [`M${first.x} ${first.y}`, ...bends, ...(rest.length === 0 ? [`L${last.x} ${last.y}`] : [])].join(
    ' ',
  );
}
