import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(resolve(import.meta.dirname, '../../../../src/renderer/styles/tokens.css'), 'utf8')
const dark = css.slice(css.indexOf(':root'), css.indexOf('@media'))
/** What it does not change is as in the dark theme. */
const highContrast = css.slice(css.indexOf(":root[data-theme='high-contrast']"))

type Rgb = readonly [number, number, number]

const themes = {
  dark: { blocks: [dark], text: 4.5, ink: 4.5 },
  // WCAG AAA.
  'high-contrast': { blocks: [highContrast, dark], text: 7, ink: 7 },
} as const
type ThemeName = keyof typeof themes
/** Lines, waves, rings and marks that mean something, in every theme. */
const SHAPE = 3

function found(theme: ThemeName, pattern: RegExp): string {
  const match = themes[theme].blocks.map((block) => pattern.exec(block)?.[1]).find((one) => one !== undefined)
  if (match === undefined) throw new Error(`tokens.css has no ${pattern.source} for ${theme}`)
  return match
}
const tokenOf =
  (theme: ThemeName) =>
  (name: string): Rgb => {
    const hex = found(theme, new RegExp(`--${name}:\\s*#([0-9A-Fa-f]{6})`))
    return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb // three by construction
  }
const percentOf =
  (theme: ThemeName) =>
  (name: string): number =>
    Number(found(theme, new RegExp(`--${name}:\\s*(\\d+)%`))) / 100
const mix = (over: Rgb, under: Rgb, share: number): Rgb =>
  over.map((value, index) => value * share + under[index] * (1 - share)) as unknown as Rgb // three in, three out

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((value) => {
    const channel = value / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
/** WCAG 2 contrast, 1…21. */
function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const surfaces = ['bg0', 'bg1', 'bg2', 'bg3', 'bg4']
const sheets = ['raised', 'card', 'well-hover', 'sheet-foot', 'sheet-side', 'bad-bar', 'note-bar']
const singers = ['coral', 'violet', 'mint', 'amber', 'aqua', 'orchid', 'lime', 'sky']
/** Faint text and words of a status are for what lies still. */
const still = ['bg0', 'bg1', 'bg2', 'bg3']
/** What a region of a source is drawn with instead; see region.css. */
const SOURCE_STRIP = 0.22
/** A render that is out of date, a source that waits: see region-wave.ts. */
const WAITING_ALPHA = 0.62

describe.each(Object.keys(themes) as ThemeName[])('in the %s theme', (theme) => {
  const token = tokenOf(theme)
  const percent = percentOf(theme)
  const least = themes[theme]
  const everywhere = (names: readonly string[], places: readonly string[]): string[][] =>
    places.flatMap((place) => names.map((name) => [name, place]))

  test.each([
    ...everywhere(['tx-strong', 'tx'], [...surfaces, ...sheets]),
    ...everywhere(['tx-faint', 'accent', 'ok', 'warn', 'err'], still),
  ])('%s can be read on %s', (text, surface) =>
    expect(contrast(token(text), token(surface))).toBeGreaterThanOrEqual(least.text),
  )
  test.each(['accent', 'accent-hover', 'accent-press', 'ok', 'warn', 'err', 'loop', ...singers])(
    'ink can be read on %s',
    (fill) => expect(contrast(token('ink'), token(fill))).toBeGreaterThanOrEqual(least.ink),
  )
  test.each([...singers, 'source'])('a region of %s: words on its strip and ink on the selected strip', (singer) => {
    const share = singer === 'source' ? SOURCE_STRIP : percent('region-strip')
    const strip = mix(token(singer), token('bg1'), share)
    const selected = mix(token(singer), token('bg1'), percent('region-strip-selected'))
    expect(contrast(token('tx-strong'), strip)).toBeGreaterThanOrEqual(least.text)
    expect(contrast(token('ink'), selected)).toBeGreaterThanOrEqual(least.ink)
  })

  test.each([...everywhere(['control'], still), ...everywhere(['focus', 'playhead', 'loop'], surfaces)])(
    '%s can be seen on %s',
    (shape, surface) => expect(contrast(token(shape), token(surface))).toBeGreaterThanOrEqual(SHAPE),
  )
  test.each([...singers, 'source'])('the wave of %s can be seen on its body, also while it waits', (singer) => {
    const body = mix(token(singer), token('bg1'), percent('region-body'))
    expect(contrast(token(singer), body)).toBeGreaterThanOrEqual(SHAPE)
    expect(contrast(mix(token(singer), body, WAITING_ALPHA), body)).toBeGreaterThanOrEqual(SHAPE)
  })
})

test('in high contrast the seams between panels, the edges of regions and all statuses are shapes to be seen', () => {
  const token = tokenOf('high-contrast')
  for (const surface of still) {
    for (const shape of ['seam', 'line', 'line-strong', 'ok', 'warn', 'err', 'meter-low', ...singers, 'source'])
      expect([shape, contrast(token(shape), token(surface)) >= SHAPE]).toEqual([shape, true])
  }
})

test('a theme changes no token that the dark one lacks', () => {
  const named = (block: string): string[] => [...block.matchAll(/^ {2}--([a-z0-9-]+):/gm)].map(([, name]) => name)
  const known = new Set(named(dark))
  expect(named(highContrast).filter((name) => !known.has(name))).toEqual([])
})

test('pairs that are not enough stay known: faint text, errors and control lines do not stand on bg4', () => {
  const token = tokenOf('dark')
  expect(contrast(token('tx-faint'), token('bg4'))).toBeLessThan(4.5)
  expect(contrast(token('err'), token('bg4'))).toBeLessThan(4.5)
  expect(contrast(token('control'), token('bg4'))).toBeLessThan(3)
})
