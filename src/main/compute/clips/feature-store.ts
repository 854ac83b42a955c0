import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { ClipFeatures } from '../../../shared/conversion/clip-features.ts'
import { parseJson } from '../../../shared/formats/model-file.ts'
import { floatBytes, readFloats, readSafetensors, writeSafetensors } from '../../../shared/formats/safetensors.ts'
import { makeFolder, readWhole, writeAtomically } from '../../files/atomic-write.ts'

/** Features of analyzed clips on disk, so that a resumed training starts at once. Exact: the same bits come back. */
export interface FeatureStore {
  load(clipId: string): ClipFeatures | null
  save(clipId: string, features: ClipFeatures): void
}

/** Raised when the analysis changes: older files are then not read. */
const FEATURE_VERSION = '2'
const BANDS = 64

export function openFeatureStore(folder: string): FeatureStore {
  makeFolder(folder)
  // Ids come from outside; their digest is a harmless file name.
  const pathOf = (clipId: string) => join(folder, `${createHash('sha256').update(clipId).digest('hex')}.safetensors`)
  return {
    load(clipId) {
      const path = pathOf(clipId)
      if (!existsSync(path)) return null
      const file = readSafetensors(readWhole(path))
      if (!file.ok || file.value.metadata['version'] !== FEATURE_VERSION) return null
      const { tensors, metadata } = file.value
      const [lm, f0] = ['lm', 'f0'].map((name) => tensors.get(name)?.bytes)
      const rest = parseRest(metadata['rest'])
      if (lm === undefined || f0 === undefined || rest === null || lm.length !== BANDS * f0.length) return null
      const features = { lm: readFloats(lm), f0: readFloats(f0), ...rest }
      return features.lm.every(Number.isFinite) && features.f0.every(Number.isFinite) ? features : null
    },
    save(clipId, { lm, f0, harmonicsToNoise, isNarrow, peak }) {
      const tensors = new Map([
        ['lm', single(lm)],
        ['f0', single(f0)],
      ])
      const rest: Rest = {
        harmonicPower: [...harmonicsToNoise.harmonicPower],
        noisePower: [...harmonicsToNoise.noisePower],
        isNarrow,
        peak,
      }
      const metadata = { version: FEATURE_VERSION, rest: JSON.stringify(rest) }
      writeAtomically(pathOf(clipId), writeSafetensors({ tensors, metadata }))
    },
  }
}

/** JSON gives doubles back bit for bit. */
const restSchema = z.object({
  harmonicPower: z.array(z.number()),
  noisePower: z.array(z.number()),
  isNarrow: z.boolean(),
  peak: z.number(),
})
type Rest = z.infer<typeof restSchema>

function parseRest(text: string | undefined): Pick<ClipFeatures, 'harmonicsToNoise' | 'isNarrow' | 'peak'> | null {
  const rest = restSchema.safeParse(parseJson(text)).data
  if (rest === undefined || rest.harmonicPower.length !== rest.noisePower.length) return null
  const { harmonicPower, noisePower, isNarrow, peak } = rest
  const harmonicsToNoise = {
    harmonicPower: Float64Array.from(harmonicPower),
    noisePower: Float64Array.from(noisePower),
  }
  return { harmonicsToNoise, isNarrow, peak }
}

const single = (values: Float32Array) => ({ type: 'F32' as const, shape: [values.length], bytes: floatBytes(values) })
