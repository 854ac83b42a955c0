import type { AudioFormat } from './definition.ts'
import { wavFormat } from './wav.ts'

/** Every format that audio can be exported to. */
export const audioFormats: readonly AudioFormat[] = [wavFormat]
