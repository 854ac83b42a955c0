import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(resolve(import.meta.dirname, '../../../../src/renderer/styles/tokens.css'), 'utf8')
const root = css.slice(css.indexOf(':root'), css.indexOf('@media'))

type Rgb = readonly [number, number, number]

function token(name: string): Rgb {
  const hex = new RegExp(`--${name}:\\s*#([0-9A-Fa-f]{6})`).exec(root)?.[1]
  if (!hex) throw new Error(`tokens.css has no color --${name}`)
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb // three by construction
}
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
const singers = ['coral', 'violet', 'mint', 'amber', 'aqua', 'orchid', 'lime', 'sky']
const percent = (name: string): number => Number(new RegExp(`--${name}:\\s*(\\d+)%`).exec(root)?.[1]) / 100

describe('text can be read', () => {
  test.each(surfaces.flatMap((surface) => ['tx-strong', 'tx'].map((text) => [text, surface])))(
    '%s on %s has at least 4.5',
    (text, surface) => expect(contrast(token(text), token(surface))).toBeGreaterThanOrEqual(4.5),
  )
  test.each(['bg0', 'bg1', 'bg2', 'bg3'].map((surface) => ['tx-faint', surface]))(
    '%s on %s has at least 4.5',
    (text, surface) => expect(contrast(token(text), token(surface))).toBeGreaterThanOrEqual(4.5),
  )
  test.each(
    ['accent', 'ok', 'warn', 'err'].flatMap((status) => ['bg0', 'bg1', 'bg2', 'bg3'].map((bg) => [status, bg])),
  )('%s as a word on %s has at least 4.5', (status, surface) =>
    expect(contrast(token(status), token(surface))).toBeGreaterThanOrEqual(4.5),
  )
  test.each(['accent', 'accent-hover', 'accent-press', 'ok', 'warn', 'err', 'loop', ...singers])(
    'ink on %s has at least 4.5',
    (fill) => expect(contrast(token('ink'), token(fill))).toBeGreaterThanOrEqual(4.5),
  )
  test.each([...singers, 'source'])('a region of %s: strong text on its strip, ink on the selected strip', (singer) => {
    const strip = mix(token(singer), token('bg1'), percent('region-strip'))
    const selected = mix(token(singer), token('bg1'), percent('region-strip-selected'))
    expect(contrast(token('tx-strong'), strip)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(token('ink'), selected)).toBeGreaterThanOrEqual(4.5)
  })
})

describe('controls and the focus can be seen', () => {
  test.each(['bg0', 'bg1', 'bg2', 'bg3'])('the line of a control on %s has at least 3', (surface) =>
    expect(contrast(token('control'), token(surface))).toBeGreaterThanOrEqual(3),
  )
  test.each(surfaces)('the focus ring on %s has at least 3', (surface) =>
    expect(contrast(token('focus'), token(surface))).toBeGreaterThanOrEqual(3),
  )
  test.each([...singers, 'source'])('the wave of %s on its body has at least 3', (singer) =>
    expect(contrast(token(singer), mix(token(singer), token('bg1'), percent('region-body')))).toBeGreaterThanOrEqual(3),
  )
})

test('pairs that are not enough stay known: faint text, errors and control lines do not stand on bg4', () => {
  expect(contrast(token('tx-faint'), token('bg4'))).toBeLessThan(4.5)
  expect(contrast(token('err'), token('bg4'))).toBeLessThan(4.5)
  expect(contrast(token('control'), token('bg4'))).toBeLessThan(3)
})
