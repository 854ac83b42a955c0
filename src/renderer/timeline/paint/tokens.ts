import { theme } from '../../ui/theme.svelte.ts'
import { parseHex, type Rgb } from './colors.ts'

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
