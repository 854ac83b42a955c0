/** Red, green, blue of a design token, for canvases: 0…255. */
export type Rgb = readonly [number, number, number]

/** "#ff8a70" or "#fff"; anything else is a mid gray. */
export function parseHex(text: string): Rgb {
  const long = /^#[0-9a-f]{3}$/i.test(text) ? `#${[...text.slice(1)].map((digit) => digit + digit).join('')}` : text
  if (!/^#[0-9a-f]{6}$/i.test(long)) return [143, 161, 179]
  const byte = (at: number): number => Number.parseInt(long.slice(at, at + 2), 16)
  return [byte(1), byte(3), byte(5)]
}

export const withAlpha = ([red, green, blue]: Rgb, alpha: number): string => `rgb(${red} ${green} ${blue} / ${alpha})`
