import { InvalidArgumentError } from 'commander'
import {
  rendererIds,
  vocoderRenderer,
  type BuiltInRendererId,
  type RendererId,
} from '../../shared/project/renderers.ts'
import type { Application } from '../application.ts'
import { findVocoder } from './vocoder.ts'

/** A renderer as it is written: a vocoder's name is looked up when the library is open. */
export type AskedRenderer = BuiltInRendererId | { readonly vocoder: string }

export function readRenderer(text: string): AskedRenderer {
  const builtIn = rendererIds.find((id) => id === text)
  if (builtIn !== undefined) return builtIn
  const vocoder = /^vocoder:(.*\S.*)$/.exec(text)?.[1]
  if (vocoder !== undefined) return { vocoder }
  throw new InvalidArgumentError(`Expected ${rendererIds.join(', ')}, or vocoder:NAME of a vocoder of one's own.`)
}

/** Throws FailureError `not-found`. */
export const findRenderer = async (application: Application, asked: AskedRenderer): Promise<RendererId> =>
  typeof asked === 'string' ? asked : vocoderRenderer((await findVocoder(application, asked.vocoder)).id)
