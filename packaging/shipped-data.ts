import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

/** Somebody's work that ships as data beside the program: a font, or weights learned from recordings. */
export interface ShippedData {
  readonly name: string
  readonly licence: string
  /** Null where the text is a well-known one that the card points to. */
  readonly text: string | null
  readonly source: string
}

const manifest = z.looseObject({ licence: z.string().default('see its card') })

/** The fonts of the window, and every model folder that a package takes along. */
export function shippedData(rootFolder: string): readonly ShippedData[] {
  const fontFolder = join(rootFolder, 'src', 'renderer', 'fonts')
  const fonts = readdirSync(fontFolder)
    .filter((file) => file.endsWith('-LICENSE.txt'))
    .map((file) => ({
      name: `font ${file.replace('-LICENSE.txt', '')}`,
      licence: 'OFL-1.1',
      text: readFileSync(join(fontFolder, file), 'utf8').replaceAll('\r\n', '\n').trim(),
      source: `src/renderer/fonts/${file}`,
    }))
  const modelFolder = join(rootFolder, 'models')
  const models = readdirSync(modelFolder)
    .filter((name) => existsSync(join(modelFolder, name, 'manifest.json')))
    .map((name) => {
      const { licence } = manifest.parse(JSON.parse(readFileSync(join(modelFolder, name, 'manifest.json'), 'utf8')))
      return { name: `weights ${name}`, licence, text: null, source: `models/${name}/CARD.md` }
    })
  return [...fonts, ...models].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}
