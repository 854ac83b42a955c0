import { musicTranslationSizes, type MusicTranslationConfig } from './config.ts'
import { parseMusicTranslationConfig } from './parse-config.ts'

export type MusicTranslationSize = keyof typeof musicTranslationSizes

/** What a configuration is called, if it is one of those that are offered. */
export function sizeNameOf(config: MusicTranslationConfig): MusicTranslationSize | null {
  const wanted = ordered(config)
  for (const [name, size] of Object.entries(musicTranslationSizes))
    if (ordered(size) === wanted) return name as MusicTranslationSize // its own keys
  return null
}

/** Read, its numbers stand in one order; older files of a size have no lag taps. */
function ordered({ lagTaps: _, ...config }: MusicTranslationConfig): string {
  const parsed = parseMusicTranslationConfig(config)
  return JSON.stringify(parsed.ok ? parsed.value : null)
}
