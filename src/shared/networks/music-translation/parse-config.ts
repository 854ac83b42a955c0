import type { Result } from '../../base/result.ts'
import { readConfig } from '../wavenet-autoencoder/parse-config.ts'
import type { MusicTranslationConfig } from './config.ts'

/** Takes a configuration out of plain data of whatever shape; all that is wrong is named at once. */
export const parseMusicTranslationConfig = (unparsed: unknown): Result<MusicTranslationConfig> =>
  readConfig(unparsed, ({ blocks }) => blocks)
