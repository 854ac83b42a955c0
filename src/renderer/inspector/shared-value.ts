/** The value that all things have in common; null where they differ or there are none. */
export function sharedValue<Thing, Value>(things: readonly Thing[], read: (thing: Thing) => Value): Value | null {
  if (things.length === 0) return null
  const first = read(things[0])
  return things.every((thing) => read(thing) === first) ? first : null
}
