import type { EstimateRequest } from '../../../shared/contract/compute.ts'
import { SILENT_LEVEL } from '../../../shared/dsp/mu-law.ts'
import { WAVENET_RATE_HZ } from '../../../shared/networks/wavenet-autoencoder/config.ts'
import { converterOf } from '../converters/converters.ts'
import { inNetworkTerms } from '../converters/network-singer.ts'
import { tensorsHere } from '../emotions/tensors-here.ts'
import { loadDomain } from '../models/domain-store.ts'
import { loadWaveformSinger } from '../models/waveform-store.ts'
import { openSampler } from '../sampling/sampler.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'
import { domainSinger } from '../translation/translate-sound.ts'
import { createLatentReader } from '../waveform/encode-latents.ts'
import { estimateSinging } from '../waveform/estimate-singing.ts'
import { requireSamplers, SUNG_PRECISION } from '../waveform/sampler-of-model.ts'
import type { NetworkSinger } from '../waveform/sing-region.ts'

/** What a sound without a pause will take, from a moment of it. Whoever draws no samples is quick, and is not tried. */
export async function estimate({ singerPath, durationSec }: EstimateRequest, context: TaskContext): Promise<TaskEnd> {
  const singer = networkSingerOf(singerPath)
  if (singer === null) return { kind: 'done', result: { kind: 'estimate', sec: null } }
  await tensorsHere(context.backend)
  const { model, decoder, row } = singer
  const { config, peaks } = model
  const modules = requireSamplers(context.kernelsFolder)
  const frameCount = Math.max(Math.ceil((durationSec * WAVENET_RATE_HZ) / config.hop), 1)
  const sound = {
    levels: new Uint8Array(frameCount * config.hop).fill(SILENT_LEVEL),
    energies: new Float64Array(frameCount).fill(1),
  }
  const reader = createLatentReader(model, () => context.breathe())
  const sampler = openSampler({ decoder, peaks, precision: SUNG_PRECISION, modules, hop: config.hop })
  try {
    const sec = await estimateSinging(config, sound, row, { reader, sampler }, context.nowMs)
    return { kind: 'done', result: { kind: 'estimate', sec } }
  } finally {
    sampler.stop()
  }
}

/** Null where the file's converter draws no samples. Throws FailureError `file-missing`, `checkpoint-invalid`. */
function networkSingerOf(path: string): NetworkSinger | null {
  switch (converterOf(path)) {
    case 'waveform':
      return inNetworkTerms(loadWaveformSinger(path))
    case 'translation':
      return domainSinger(loadDomain(path).model)
    default:
      return null
  }
}
