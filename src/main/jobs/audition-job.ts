import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { Request } from '../../shared/contract/verbs.ts'
import { defaultPerformance } from '../../shared/project/performance.ts'
import { checkpointName, checkpointShelf } from '../compute/training/checkpoint-shelf.ts'
import { makeFolder } from '../files/atomic-write.ts'
import { sourcePath } from '../files/media-folder.ts'
import { createWavWriter, openWavReader } from '../files/wav-file.ts'
import { computeStep } from './compute-step.ts'
import { bytesToConvert, requireDisk } from './conversion-disk.ts'
import type { JobContext } from './job-context.ts'
import { trainingFolder } from './singer-files.ts'
import type { RunControl, RunEnd, Work } from './work.ts'

type HearRequest = Request<'singer:hearCheckpoint'>

/** Enough to hear a voice, and there before one has forgotten the last. */
const LONGEST_SEC = 12

interface Audition {
  readonly auditionId: string
  readonly originalId: string
  readonly path: string
  readonly originalPath: string
}

/** A part of the person's own stem, sung by a singer as a checkpoint knew it. */
export function auditionWork(request: HearRequest, context: JobContext): { work: Work; done: RunEnd | null } {
  const { singerId, step } = request
  const folder = trainingFolder(singerId, context.paths)
  const audition = auditionOf(request, folder)
  const isThere = existsSync(audition.path) && existsSync(audition.originalPath)
  if (!isThere && !existsSync(checkpointShelf(folder, 'singer').pathOf(step))) throw checkpointGone(step)
  return {
    done: isThere ? doneWith(request, audition) : null,
    work: {
      kind: 'audition',
      title: `Step ${step} on your stem`,
      subject: { kind: 'singer', singerId },
      lane: 'interactive',
      priority: 'selected',
      shareKey: `audition/${singerId}/${audition.auditionId}`,
      replaceKey: null,
      run: (control) => render(request, audition, control, context),
    },
  }
}

async function render(
  request: HearRequest,
  audition: Audition,
  control: RunControl,
  context: JobContext,
): Promise<RunEnd> {
  const { singerId, step, projectId, sourceId, sourceStartSamples } = request
  const { mediaFolder, rateHz } = context.projects.get(projectId)
  const folder = trainingFolder(singerId, context.paths)
  const path = sourcePath(mediaFolder, sourceId)
  const durationSamples = Math.min(request.durationSamples, LONGEST_SEC * rateHz)
  await requireDisk(folder, bytesToConvert(durationSamples, rateHz))
  makeFolder(join(folder, 'auditions'))
  if (!existsSync(audition.originalPath)) copyPart(path, audition.originalPath, sourceStartSamples, durationSamples)
  const task = {
    kind: 'convert' as const,
    request: {
      sourcePath: path,
      sourceStartSamples,
      durationSamples,
      singerPath: checkpointShelf(folder, 'singer').pathOf(step),
      blendedSingerPaths: [],
      performance: {
        ...defaultPerformance(singerId),
        emotion: { emotionId: 'neutral', intensity: 0 } as const,
      },
      outPath: audition.path,
      renderKey: audition.auditionId,
    },
  }
  const end = await computeStep(context.pool, 'interactive', task, control)
  return end.kind === 'paused' ? end : doneWith(request, audition)
}

/** Copies a span of a sound into a file of its own. */
export function copyPart(from: string, to: string, startSamples: number, durationSamples: number): void {
  const reader = openWavReader(from)
  const { rateHz, channelCount } = reader
  const writer = createWavWriter(to, { rateHz, channelCount, encoding: 'float32' })
  try {
    writer.write(reader.read(startSamples, durationSamples))
    writer.finish()
  } catch (cause) {
    writer.abandon()
    throw cause
  } finally {
    reader.close()
  }
}

function auditionOf({ step, sourceId, sourceStartSamples, durationSamples }: HearRequest, folder: string): Audition {
  const stem = createHash('sha256').update(`${sourceId}/${sourceStartSamples}/${durationSamples}`).digest('hex')
  const name = `stem-${stem.slice(0, 16)}`
  const auditionId = `${name}-${checkpointName(step)}`
  const originalId = `${name}-original`
  const pathOf = (id: string) => join(folder, 'auditions', `${id}.wav`)
  return { auditionId, originalId, path: pathOf(auditionId), originalPath: pathOf(originalId) }
}

const doneWith = ({ singerId }: HearRequest, { auditionId, originalId }: Audition): RunEnd => ({
  kind: 'done',
  outcome: { kind: 'audition', singerId, auditionId, originalId },
})

const checkpointGone = (step: number) =>
  new FailureError(
    failure(
      'not-found',
      `The weights of step ${step} are no longer kept: the best, the last three and some on the way are.`,
      'Listen to one of these.',
    ),
  )
