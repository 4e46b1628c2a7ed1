// How near an item of the price list is to what was reported, so that a long list begins with what is likely needed.

/** The pairs of neighbouring characters two texts share; 0 when none. */
export function likeness(name: string, wish: string): number {
  const pairs = [...name].slice(1).map((each, at) => [...name][at] + each);
  return pairs.filter((pair) => wish.includes(pair)).length;
}
