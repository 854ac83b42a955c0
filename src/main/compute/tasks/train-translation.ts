import { dirname } from 'node:path'
import { subProgress } from '../../../shared/base/progress.ts'
import type { DomainTrainRequest, LearningDomain } from '../../../shared/contract/domains.ts'
import { writeDomainFile, type DomainCard, type DomainModel } from '../../../shared/formats/domain-file.ts'
import { takeDomain } from '../../../shared/networks/music-translation/parameters.ts'
import type { WaveformClip } from '../../../shared/training/wavenet-autoencoder/clip.ts'
import { makeFolder, writeAtomically } from '../../files/atomic-write.ts'
import { tensorsHere } from '../emotions/tensors-here.ts'
import { loadDomain } from '../models/domain-store.ts'
import type { SamplerModules } from '../sampling/sampler-modules.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'
import { hearDomains, secondsOf } from '../training/translation/domain-clips.ts'
import { configOf, learnDomains, openDomainRun, type DomainRun } from '../training/translation/domain-run.ts'
import { longestOf, measureSungPeaks } from '../waveform/measure-sung-peaks.ts'
import { requireSamplers } from '../waveform/sampler-of-model.ts'

/** Share of the whole that hearing the recordings takes, for the progress bar. */
const HEARING_SHARE = 0.05

/** Learns domains that music is translated into, or goes on where their folder was left. */
export async function trainTranslation(request: DomainTrainRequest, context: TaskContext): Promise<TaskEnd> {
  const engine = (await tensorsHere(context.backend)).id
  const modules = requireSamplers(context.kernelsFolder)
  const beside = request.besidePath === undefined ? null : loadDomain(request.besidePath)
  const config = configOf(request, beside?.model ?? null)
  const clips = await hearDomains(request, config, context, HEARING_SHARE)
  if (clips === null) return { kind: 'paused' }
  const input = { request, clips, beside: beside?.model ?? null, engine }
  const run = openDomainRun(input, context, subProgress(context.progress, HEARING_SHARE, 1))
  const { trainer, record } = run
  const besideNames = [...request.domains.map(({ name }) => name), ...(beside ? [beside.card.name] : [])]
  // A decoder is to play what comes from all of them.
  const everySound = request.domains.map((_, index) => longestOf(clips.filter((clip) => clip.singerIndex === index)))
  let bestLoss: number | null = null
  const end = await learnDomains(run, context, async (heldOutLoss, isBest) => {
    if (!isBest) return
    bestLoss = heldOutLoss
    for (const [index, domain] of request.domains.entries()) {
      const own = clips.filter(({ singerIndex }) => singerIndex === index)
      const card = cardOf({ request, domain, own, step: trainer.step, heldOutLoss, engine, besideNames })
      const model = await domainModel(run, domain, everySound, modules)
      makeFolder(dirname(domain.modelPath))
      writeAtomically(domain.modelPath, writeDomainFile({ model, card }))
    }
  })
  if (end === 'paused') return { kind: 'paused' }
  const hasHeldOut =
    Number.isFinite(record.history.bestLoss) && record.curve.some((point) => point.heldOutLoss !== null)
  const summary = {
    stepCount: trainer.step,
    bestStep: record.history.bestStep,
    trainingSec: record.elapsedSec(),
    backend: engine,
    domains: request.domains.map(({ name }, index) => {
      return { name, recordedSec: secondsOf(clips.filter(({ singerIndex }) => singerIndex === index)) }
    }),
    heldOutLoss: bestLoss ?? (hasHeldOut ? record.history.bestLoss : null),
  }
  return { kind: 'done', result: { kind: 'train-translation', summary } }
}

async function domainModel(
  { config, trainer }: DomainRun,
  { domainId }: LearningDomain,
  clips: readonly WaveformClip[],
  { f32 }: Required<Pick<SamplerModules, 'f32'>>,
): Promise<DomainModel> {
  const parameters = takeDomain(trainer.parameters(), config, domainId)
  const sung = clips.map((clip) => ({ clip, row: 0 }))
  const peaks = await measureSungPeaks({ config, parameters }, sung, new Float32Array(0), f32)
  return { config, parameters, peaks }
}

interface CardFacts {
  readonly request: DomainTrainRequest
  readonly domain: LearningDomain
  readonly own: readonly WaveformClip[]
  readonly step: number
  readonly heldOutLoss: number | null
  readonly engine: string
  /** Of all who share the encoder, the domain itself among them. */
  readonly besideNames: readonly string[]
}

function cardOf({ request, domain, own, step, heldOutLoss, engine, besideNames }: CardFacts): DomainCard {
  const { licence, learnedFrom, createdAtMs, software } = request
  return {
    name: domain.name,
    licence,
    learnedFrom,
    recordedSec: Math.round(secondsOf(own)),
    beside: besideNames.filter((name) => name !== domain.name),
    steps: step,
    heldOutLoss: heldOutLoss === null ? null : Math.round(1e4 * heldOutLoss) / 1e4,
    createdAtMs,
    software,
    engine,
  }
}
