import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Singer } from '../../shared/contract/library.ts'
import { defaultPerformance } from '../../shared/project/performance.ts'
import { makeFolder } from '../files/atomic-write.ts'
import { DEMO_CHORUS_SEC, demoLeadPath, DEMO_RATE_HZ } from '../projects/demo-song.ts'
import { copyPart } from './audition-job.ts'
import { computeStep } from './compute-step.ts'
import { bytesToConvert, requireDisk } from './conversion-disk.ts'
import type { JobContext } from './job-context.ts'
import { singerPath, trainingFolder } from './singer-files.ts'
import type { RunControl, RunEnd, Work } from './work.ts'

/** Of the chorus: it goes high and low, and has long notes. */
const PHRASE_SEC = 6
/** The phrase as the demo song's own voice sings it. */
const ORIGINAL_ID = 'phrase-original'

interface PhraseContext extends JobContext {
  readonly demoWorkerPath: string
}

/** Has a singer sing a phrase of the demo song, so that a voice is heard before it is chosen; once for every version of it. */
export function phraseWork(singer: Singer, context: PhraseContext): { work: Work; done: RunEnd | null } {
  const auditionId = `phrase-${singer.digest.slice(0, 16)}`
  const path = join(auditionsFolder(singer, context), `${auditionId}.wav`)
  const done: RunEnd = {
    kind: 'done',
    outcome: { kind: 'audition', singerId: singer.id, auditionId, originalId: ORIGINAL_ID },
  }
  return {
    done: existsSync(path) ? done : null,
    work: {
      kind: 'audition',
      title: `${singer.name} sings a phrase`,
      subject: { kind: 'singer', singerId: singer.id },
      lane: 'interactive',
      priority: 'selected',
      shareKey: `audition/${singer.id}/${auditionId}`,
      replaceKey: null,
      run: (control) => sing(singer, path, { auditionId, done, control }, context),
    },
  }
}

const auditionsFolder = (singer: Singer, { paths }: JobContext): string =>
  join(trainingFolder(singer.id, paths), 'auditions')

async function sing(
  singer: Singer,
  outPath: string,
  { auditionId, done, control }: { readonly auditionId: string; readonly done: RunEnd; readonly control: RunControl },
  context: PhraseContext,
): Promise<RunEnd> {
  const [startSamples, durationSamples] = [DEMO_CHORUS_SEC, PHRASE_SEC].map((sec) => Math.round(sec * DEMO_RATE_HZ))
  const folder = auditionsFolder(singer, context)
  makeFolder(folder)
  await requireDisk(folder, bytesToConvert(durationSamples, DEMO_RATE_HZ))
  const sourcePath = await demoLeadPath(context.demoWorkerPath, context.paths.demoFolder)
  const originalPath = join(folder, `${ORIGINAL_ID}.wav`)
  if (!existsSync(originalPath)) copyPart(sourcePath, originalPath, startSamples, durationSamples)
  const task = {
    kind: 'convert' as const,
    request: {
      sourcePath,
      sourceStartSamples: startSamples,
      durationSamples,
      singerPath: singerPath(singer.id, context.paths),
      blendedSingerPaths: [],
      performance: { ...defaultPerformance(singer.id), emotion: { emotionId: 'neutral', intensity: 0 } as const },
      outPath,
      renderKey: auditionId,
    },
  }
  const end = await computeStep(context.pool, 'interactive', task, control)
  return end.kind === 'paused' ? end : done
}
