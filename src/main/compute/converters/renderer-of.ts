import { failure, FailureError } from '../../../shared/base/errors.ts'
import type { ConvertRequest } from '../../../shared/contract/compute.ts'
import { renderers } from '../../../shared/conversion/renderers/registry.ts'
import type { Renderer } from '../../../shared/conversion/renderers/renderer.ts'
import { createVocoderRenderer } from '../../../shared/conversion/renderers/vocoder.ts'
import { rendererKind } from '../../../shared/project/renderers.ts'
import { loadVocoder } from '../models/vocoder-store.ts'

/** What renders a performance. Throws FailureError `not-found`, and what `loadVocoder` throws. */
export function rendererOf({
  performance: { renderer, seed, temperature },
  vocoderPath,
}: Pick<ConvertRequest, 'performance' | 'vocoderPath'>): Renderer {
  const kind = rendererKind(renderer)
  if ('builtIn' in kind) return renderers[kind.builtIn]
  if (vocoderPath !== undefined)
    return createVocoderRenderer(loadVocoder(vocoderPath), { seed, ...(temperature !== undefined && { temperature }) })
  const message = `The vocoder of this performance (${kind.vocoderId}) is not at hand.`
  throw new FailureError(failure('not-found', message, 'Choose another renderer.'))
}
