import { theme } from '../../state/theme.svelte.ts'

/** Red, green, blue of a design token, for canvases: 0…255. */
export type Rgb = readonly [number, number, number]

const known = new Map<string, string>()

/** The value of a token as the style sheet of the shown theme has it; read once. */
export function tokenText(name: string): string {
  const key = `${theme.shown} ${name}`
  const found = known.get(key)
  if (found !== undefined) return found
  const text = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
  if (text !== '') known.set(key, text)
  return text
}

/** The color of a token like "coral". */
export const tokenColor = (name: string): Rgb => parseHex(tokenText(name))

/** "#ff8a70" or "#fff"; anything else is a mid gray. */
export function parseHex(text: string): Rgb {
  const long = /^#[0-9a-f]{3}$/i.test(text) ? `#${[...text.slice(1)].map((digit) => digit + digit).join('')}` : text
  if (!/^#[0-9a-f]{6}$/i.test(long)) return [143, 161, 179]
  const byte = (at: number): number => Number.parseInt(long.slice(at, at + 2), 16)
  return [byte(1), byte(3), byte(5)]
}

export const withAlpha = ([red, green, blue]: Rgb, alpha: number): string => `rgb(${red} ${green} ${blue} / ${alpha})`
